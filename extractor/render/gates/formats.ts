import { renderGatesJson } from "./json.ts";
import { renderGatesMarkdown } from "./markdown.ts";
import type { GateMatrix } from "./matrix.ts";
import { renderGatesText } from "./text.ts";

/** One row of the table below. Pure: the same matrix gives the same text. */
export interface GateFormat {
  /** One line for `--help`. */
  about: string;
  render(matrix: GateMatrix): string;
}

/** Every way to write the matrix of switches and endpoints. */
export const gateFormats = {
  text: { about: "every switch with what it does", render: renderGatesText },
  json: { about: "switches with ids of endpoints and names of events", render: renderGatesJson },
  markdown: { about: "a table of endpoints by switches", render: renderGatesMarkdown },
} satisfies Record<string, GateFormat>;

export type GateFormatName = keyof typeof gateFormats;
