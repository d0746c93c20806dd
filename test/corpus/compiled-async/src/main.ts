import { Network, Recorder, Starter } from "./service.js";

const recorder = new Recorder(new Network(), { api: "https://events.orbitcli.dev/v2/" });

async function main() {
  await recorder.flush("ran");
  await new Starter().start(process.argv[2] ?? "me");
}

main();
