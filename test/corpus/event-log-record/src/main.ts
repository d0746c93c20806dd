import { register } from "./api.js";
import { Closed, logClosed, logCrash, logOpened, Opened } from "./events.js";
import { HttpProvider } from "./exporter.js";

async function main() {
  const provider = new HttpProvider();
  register(provider);
  logOpened(new Opened(3));
  logCrash("E1");
  logClosed(new Closed());
  await provider.flush();
}

main();
