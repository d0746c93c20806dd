import { Network, Recorder, Starter } from "./service.js";

const ours = new Recorder(new Network(), { api: "https://events.orbitcli.dev/v2/" });
const theirs = new Recorder(new Network());

async function main() {
  await ours.flush("ran");
  await theirs.flush("ran");
  await new Starter().start(process.argv[2] ?? "me");
}

main();
