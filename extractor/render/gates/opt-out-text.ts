import type { Endpoint, GateKind } from "../../model/report.ts";
import { effectOnIt, gateText } from "../../model/switches/gates.ts";
import type { DoNotTrack, OptOut, OptOutSetting } from "../../model/switches/opt-out.ts";
import { count } from "../count.ts";
import { visible } from "../terminal.ts";
import { isWritable, settingLines } from "./setting-lines.ts";

const DO_NOT_TRACK = {
  honoured: "DO_NOT_TRACK=1 is honoured: it stops all telemetry that is on",
  partly: "DO_NOT_TRACK=1 is honoured partly: other telemetry goes on",
  read: "DO_NOT_TRACK is read, and nothing that is sent was seen to depend on it",
  unread: "DO_NOT_TRACK is not honoured: the program does not read it",
} satisfies Record<DoNotTrack, string>;

/** Many endpoints that break are told by number. */
const BROKEN = 8;

/** What to set, what each stops and breaks, how to set it where, and what no switch stops. */
export function renderOptOutText({ package: read, settings, remaining, off, doNotTrack }: OptOut): string {
  const blocks: string[][] = [[`${visible(read.name)} ${visible(read.version)}: how to stop its telemetry`]];
  if (settings.length === 0) blocks.push(["no variable, setting or option was found that stops telemetry"]);
  blocks.push(...settings.map(settingBlock));
  const chosen = settings.map(({ setting }) => setting);
  for (const lines of Object.values(settingLines)) {
    const text = lines.render(chosen).trimEnd();
    if (text !== "") blocks.push([lines.about, ...text.split("\n").map((line) => `  ${visible(line)}`)]);
  }
  blocks.push([DO_NOT_TRACK[doNotTrack]]);
  if (off.length > 0)
    blocks.push([
      "off unless turned on",
      ...off.map(
        ({ endpoint, opens }) => `${line(endpoint)}  ${opens.map((gate) => visible(gateText(gate))).join(", ")}`,
      ),
    ]);
  if (remaining.length > 0)
    blocks.push([
      `no switch stops ${count(remaining.length, "endpoint")}`,
      ...remaining.flatMap((endpoint) => [line(endpoint), ...partly(endpoint)]),
      "  the way out is a block list: extract blocklist SPEC --only telemetry",
    ]);
  return `${blocks.map((block) => block.join("\n")).join("\n\n")}\n`;
}

const KINDS = {
  env: "",
  config: "  (a setting)",
  option: "  (on the command line)",
  flag: "  (a remote flag)",
} satisfies Record<GateKind, string>;

function settingBlock({ setting, stops, breaks }: OptOutSetting): string[] {
  const { kind, name, value } = setting;
  const said = kind === "option" ? name : `${name}=${value}`;
  const shown = breaks.slice(0, BROKEN);
  const more = breaks.length - shown.length;
  return [
    `${visible(said)}${KINDS[kind]}${isWritable(setting) ? "" : "  (no name that a shell takes)"}`,
    "  stops",
    ...stops.map((one) => `  ${line(one)}`),
    ...(breaks.length === 0
      ? ["  breaks nothing that was found"]
      : [
          "  breaks",
          ...shown.map((one) => `  ${line(one)}`),
          ...(more > 0 ? [`    and ${count(more, "more endpoint")}`] : []),
        ]),
  ];
}

const line = ({ method, url }: Endpoint): string => `  ${method} ${visible(url)}`;

const partly = ({ gates }: Endpoint): string[] =>
  gates
    .filter(({ kind, effect, ways }) => kind !== "flag" && effect === "silences" && ways !== undefined)
    .map((gate) => `    ${visible(gate.name)} ${effectOnIt(gate)}`);
