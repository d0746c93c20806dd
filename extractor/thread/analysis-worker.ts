// The file that a thread begins with.
import { parentPort, workerData } from "node:worker_threads";
import { analyse, explainIn } from "../analysis.ts";
import { DiagnosticLog } from "../model/diagnostic.ts";
import { type Job, received, type Supplied, sent, type Told } from "./message.ts";

const port = parentPort!;
const { task, opened, options: wished } = workerData as Job;
const tell = (told: Told): void => port.postMessage(told);
const options = {
  ...wished,
  onProgress: (progress: Extract<Told, { kind: "progress" }>["progress"]) => tell({ kind: "progress", progress }),
};
const log = new DiagnosticLog();
log.addAll(opened.diagnostics);

const asked = new Map<number, (given: Supplied) => void>();
port.on("message", (given: Supplied) => asked.get(given.id)?.(given));

/** Of the thread that has the network. */
async function ask(kind: "acquire" | "built-for", spec: string) {
  const id = asked.size;
  const given = await new Promise<Supplied>((resolve) => {
    asked.set(id, resolve);
    tell({ kind, id, spec });
  });
  if ("failure" in given) throw received(given.failure);
  return given;
}

async function acquire(spec: string) {
  const given = await ask("acquire", spec);
  if (!("acquired" in given)) throw new Error("a package was asked for, and none given");
  log.addAll(given.diagnostics);
  return given.acquired;
}

async function builtFor(spec: string) {
  const given = await ask("built-for", spec);
  return "builtFor" in given ? given.builtFor : null;
}

const source = { ...opened, log, acquire, builtFor };
try {
  const result =
    task.kind === "analyse"
      ? await analyse(source, options)
      : await explainIn(source, task.known, task.wanted, options);
  tell({ kind: "done", result });
} catch (error) {
  tell({ kind: "failed", failure: sent(error) });
}
