import type { LiveRun } from "../../model/live-run.ts";
import { toJson } from "../json.ts";
import { renderLiveText } from "./text.ts";

/** One row of the table below. Pure: the same run gives the same text. */
export interface LiveFormat {
  /** One line for `--help`. */
  about: string;
  render(run: LiveRun): string;
}

/** Every way to write the summary of a run. */
export const liveFormats = {
  text: { about: "how it ended, and everything it tried to reach", render: renderLiveText },
  json: { about: "the same with all counts, and the end of what it printed", render: toJson },
} satisfies Record<string, LiveFormat>;

export type LiveFormatName = keyof typeof liveFormats;
