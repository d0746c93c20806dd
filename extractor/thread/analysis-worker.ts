// The file that a thread begins with.
import { once } from "node:events";
import { parentPort, workerData } from "node:worker_threads";
import { analyse, explainIn } from "../analysis.ts";
import { DiagnosticLog } from "../model/diagnostic.ts";
import { type Given, type Job, received, sent, type Told } from "./message.ts";

const port = parentPort!;
const { task, opened, options: asked } = workerData as Job;
const tell = (told: Told): void => port.postMessage(told);
const options = {
  ...asked,
  onProgress: (progress: Extract<Told, { kind: "progress" }>["progress"]) => tell({ kind: "progress", progress }),
};
const log = new DiagnosticLog();
log.addAll(opened.diagnostics);

/** One after the other, as packages are read. */
async function acquire(spec: string) {
  tell({ kind: "acquire", spec });
  const [given] = (await once(port, "message")) as [Given];
  if ("failure" in given) throw received(given.failure);
  log.addAll(given.diagnostics);
  return given.acquired;
}

const source = { ...opened, log, acquire };
try {
  const result =
    task.kind === "analyse"
      ? await analyse(source, options)
      : await explainIn(source, task.known, task.wanted, options);
  tell({ kind: "done", result });
} catch (error) {
  tell({ kind: "failed", failure: sent(error) });
}
