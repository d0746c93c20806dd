import type { Pipeline, Setting } from "../model/report.ts";
import { count } from "./count.ts";
import { visible } from "./terminal.ts";

type Rhythm = Pick<Pipeline, "batchSize" | "interval" | "queueSize">;

/** `up to 200 at once (flag some_config)`, `every 10 s (env SOME_INTERVAL)`: when and how many events are sent. */
export const rhythmWords = ({ batchSize, interval, queueSize }: Rhythm): string[] => [
  ...(batchSize ? [`up to ${settingText(batchSize, number, " at once")}`] : []),
  ...(interval ? [`every ${settingText(interval, duration)}`] : []),
  ...(queueSize ? [`at most ${settingText(queueSize, number, " waiting")}`] : []),
];

/** What is known of how an endpoint is sent events, a line for each kind of thing. */
export function pipelineWords(pipeline: Pipeline): string[] {
  const { allowList, dimensions, flags = [], spool = [] } = pipeline;
  const named = (wanted: "sampling" | "switch") =>
    flags.filter(({ role }) => role === wanted).map(({ name }) => `flag ${visible(name)}`);
  const [sampling, switches] = [named("sampling"), named("switch")];
  return [
    ...(allowList ? [`only names on a list of ${allowList.names}`] : []),
    ...(dimensions ? [`${count(dimensions.count, "field")} with every event`] : []),
    rhythmWords(pipeline).join(", "),
    ...(sampling.length > 0 ? [`sampled by ${sampling.join(", ")}`] : []),
    ...(switches.length > 0 ? [`decided by ${switches.join(", ")}`] : []),
    ...(spool.length > 0 ? [`kept in ${spool.map(visible).join(" or ")} until sent`] : []),
  ].filter((line) => line !== "");
}

function settingText({ values, env, config, flags }: Setting, print: (n: number) => string, what = ""): string {
  const names = [
    ...env.map((name) => `env ${name}`),
    ...config.map((name) => `setting ${name}`),
    ...flags.map((name) => `flag ${name}`),
  ].map(visible);
  if (values.length === 0) return `what ${names.join(", ")} says`;
  return values.map(print).join(" or ") + what + (names.length > 0 ? ` (${names.join(", ")})` : "");
}

const number = (n: number): string => n.toLocaleString("en-US");

function duration(milliseconds: number): string {
  if (milliseconds < 1000) return `${number(milliseconds)} ms`;
  const seconds = milliseconds / 1000;
  return seconds >= 120 && seconds % 60 === 0 ? `${number(seconds / 60)} min` : `${number(seconds)} s`;
}
