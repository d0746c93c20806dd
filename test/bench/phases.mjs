// Seconds of CPU per stage of one extraction, as JSON. node phases.mjs TARBALL
import { extract } from "../../dist/pipeline.js";

const phases = {};
let current = "start";
let since = process.cpuUsage();

function enter(stage) {
  const { user, system } = process.cpuUsage(since);
  phases[current] = (phases[current] ?? 0) + (user + system) / 1e6;
  since = process.cpuUsage();
  current = stage;
}

await extract(process.argv[2], {
  sourceMaps: true,
  reveal: false,
  cache: { cache: false, offline: true },
  limits: {},
  onProgress: ({ stage }) => {
    if (stage !== current) enter(stage);
  },
});
enter("end");
process.stdout.write(JSON.stringify(phases));
