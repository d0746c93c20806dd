import type { LiveRun } from "../../model/live-run.ts";
import type { SwitchMatrix } from "../../model/switches/switch-matrix.ts";
import { toJson } from "../json.ts";
import { renderSwitchesText } from "./switches.ts";
import { renderLiveText } from "./text.ts";

/** One row of the table below. Pure: the same run gives the same text. */
export interface LiveFormat {
  /** One line for `--help`. */
  about: string;
  render(run: LiveRun): string;
  /** The matrix of switches and endpoints. */
  renderSwitches(matrix: SwitchMatrix): string;
}

/** Every way to write the summary of a run, or of runs with and without switches. */
export const liveFormats = {
  text: { about: "for reading", render: renderLiveText, renderSwitches: renderSwitchesText },
  json: { about: "the same in full", render: toJson, renderSwitches: toJson },
} satisfies Record<string, LiveFormat>;

export type LiveFormatName = keyof typeof liveFormats;
