import type { LiveRequest, LiveRun } from "../../model/live-run.ts";
import { parsedUrl } from "../../model/parsed-url.ts";
import { count } from "../count.ts";
import { visible } from "../terminal.ts";

const OUTPUT_LINES = 6;

/** What a run tried to reach, in the order a reader asks: how it ended, whether it was sealed, what went where. */
export function renderLiveText(run: LiveRun): string {
  const lines = [
    ...weaker(run),
    `${run.command.map(visible).join(" ")}`,
    `  ${ending(run)} after ${(run.milliseconds / 1000).toFixed(1)} s`,
    ...seal(run),
    "",
    isSilent(run)
      ? `Nothing was sent: ${ending(run)}; its last words are below`
      : `${count(sum(run.requests), "request")} to ${count(hosts(run), "host")}`,
    ...run.requests.map(requestLine),
    ...section(
      "tried, and got nothing by it",
      run.attempts.map(
        ({ kind, target, how, count: n }) =>
          `  ${kind} ${visible(target)}  ${how}${n === null ? "" : ` ${times(n)}`}${how === "read" || how === "written" ? " (a file of ours stood there)" : ""}`,
      ),
    ),
    ...section(
      "no HTTP",
      run.connections.map(
        ({ target, kind, process, marks, count: n, bytes }) =>
          `  ${kind} ${visible(target)}  ${by(process)}  ${times(n)}${bytes > 0 ? `, ${bytes} bytes` : ""}${marked(marks)}`,
      ),
    ),
    ...section(
      "datagrams",
      run.datagrams.map(
        ({ target, kind, process, count: n, bytes }) =>
          `  ${kind} ${visible(target)}  ${by(process)}  ${times(n)}${bytes > 0 ? `, ${bytes} bytes` : ""}`,
      ),
    ),
    ...section(
      "certificate not accepted",
      run.trustFailures.map(
        ({ host, reason, process, count: n, explained }) =>
          `  ${visible(host)}: ${visible(reason)}  ${by(process)}  ${times(n)}${explained ? " (a spare connection: others carried requests)" : ""}`,
      ),
    ),
    ...section(
      "looked up, never contacted",
      run.names
        .filter(({ contacted }) => !contacted)
        .map(({ name, types, count: n }) => `  ${visible(name)}  ${types.map(visible).join(", ")}  ${times(n)}`),
    ),
    ...section(
      "remarks",
      run.notes.map((note) => `  ${visible(note)}`),
    ),
    ...section("last words", lastWords(run)),
  ];
  return `${lines.join("\n")}\n`;
}

/** Before anything else: what is told below was seen in a weaker seal. */
const weaker = ({ sealedWithout }: LiveRun): string[] =>
  sealedWithout.length === 0
    ? []
    : [`SEALED WITHOUT ${sealedWithout.map(({ part, meaning }) => `${part}: ${meaning}`).join("; ")}`];

function ending({ exit }: LiveRun): string {
  if (exit.limit !== undefined) return `ended by us, it used up ${visible(exit.limit)},`;
  if (exit.interrupted) return "interrupted";
  if (exit.timedOut) return "ended by us, its time was over,";
  return exit.signal === null ? `exit ${exit.code}` : `ended by ${visible(exit.signal)}`;
}

function seal(run: LiveRun): string[] {
  const { mode, network, forwarded } = run;
  if (forwarded !== null)
    return [
      `  forwarded: ${count(forwarded, "request")} LEFT THIS MACHINE for ${count(hosts(run), "real server")}, with the credentials the program has; their values are not kept`,
      "  through a proxy: connections that ignore the proxy variables went out as well, and are not seen",
    ];
  if (mode === "proxy" || network.packetsOutside === null)
    return ["  through a proxy: connections that ignore the proxy variables are not seen"];
  const ports = network.ports === "all" ? "all ports" : `ports ${network.ports.join(", ")} only`;
  const listed = network.interfaces
    .map(({ name, packets }) => `${visible(name)} (${count(packets, "packet")})`)
    .join(", ");
  return [
    `  sealed: interfaces ${listed}; ${count(network.packetsOutside, "packet")} outside loopback; ${ports} served`,
    `  attempts: ${attempts(run)}`,
  ];
}

/** `2 settings, 1 device, 14 refused system calls, 1 signal`, and what was not counted. */
function attempts({ attempts: rows, callsNotCounted }: LiveRun): string {
  const kinds = [...new Set(rows.map(({ kind }) => kind))];
  const told = kinds.map((kind) => {
    const total = rows.filter((row) => row.kind === kind).reduce((all, { count: n }) => all + (n ?? 1), 0);
    return kind === "kernel state" ? `${total} of kernel state` : count(total, kind);
  });
  return [
    told.length === 0 ? "none on settings, devices and secrets of the machine" : told.join(", "),
    ...(callsNotCounted === null
      ? []
      : [`refused system calls and signals are not counted: ${visible(callsNotCounted)}`]),
  ].join("; ");
}

function requestLine({ method, url, process, count: n, statuses, marks }: LiveRequest): string {
  return `  ${method} ${visible(url)}  ${statuses.join("/")}  ${by(process)}  ${times(n)}${marked(marks)}`;
}

const section = (title: string, rows: string[]): string[] => (rows.length === 0 ? [] : ["", title, ...rows]);
const by = (process: string | null): string => (process === null ? "by ?" : `by ${visible(process)}`);
const times = (n: number): string => `${n}x`;
const marked = (marks: string[]): string => (marks.length === 0 ? "" : `  [${marks.join(", ")}]`);
const sum = (requests: LiveRequest[]): number => requests.reduce((total, { count: n }) => total + n, 0);
const hosts = ({ requests }: LiveRun): number => new Set(requests.map(({ url }) => parsedUrl(url)?.host ?? url)).size;

const isSilent = ({ requests, connections, datagrams }: LiveRun): boolean =>
  requests.length + connections.length + datagrams.length === 0;

/** Where it ended badly or sent nothing, what it printed says why. */
function lastWords(run: LiveRun): string[] {
  const { exit, output } = run;
  if (exit.code === 0 && !isSilent(run)) return [];
  const lines = `${output.stdout}\n${output.stderr}`.split("\n").filter((line) => line.trim() !== "");
  return lines.slice(-OUTPUT_LINES).map((line) => `  ${visible(line)}`);
}
