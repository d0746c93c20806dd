// Seconds of CPU per stage of one extraction, as JSON: what `extract --timing` prints. node phases.mjs TARBALL
import { StageTimes } from "../../dist/command/stage-times.js";
import { extract } from "../../dist/pipeline.js";
import { tuneV8 } from "../../dist/v8-flags.js";

tuneV8();
const times = new StageTimes();
await extract(process.argv[2], {
  sourceMaps: true,
  reveal: false,
  cache: { cache: false, offline: true },
  limits: {},
  onProgress: ({ stage }) => times.enter(stage),
});
times.enter("render");
process.stdout.write(JSON.stringify(times.seconds()));
