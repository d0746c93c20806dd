// Run by the build, after the compiler: validates signatures/ and keeps the result beside the compiled loader.
import { writeFile } from "node:fs/promises";
import { SIGNATURE_SNAPSHOT, takeSnapshot } from "../signatures/load.ts";

await writeFile(SIGNATURE_SNAPSHOT, JSON.stringify(await takeSnapshot()));
