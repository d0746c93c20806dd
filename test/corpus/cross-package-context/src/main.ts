import { ArtifactStore, removeArtifact } from "@acme/artifacts";
import { createContext } from "@acme/hosts";
import { run } from "./run.js";

async function main() {
  const context = createContext(process.argv[2] ?? "acme");
  await run(context);
  await new ArtifactStore(context).download("a1");
  await removeArtifact(context, "a1");
}

main();
