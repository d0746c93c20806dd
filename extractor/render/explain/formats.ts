import type { Explanation } from "../../model/explanation.ts";
import { toJson } from "../json.ts";
import type { Rendering } from "../rendering.ts";
import { renderExplanationText } from "./text.ts";

/** One row of the table below. Pure: the same explanation and rendering give the same text. */
export interface ExplainFormat {
  /** One line for `--help`. */
  about: string;
  render(explanation: Explanation, rendering: Rendering): string;
}

/** Every way to write how a URL came about. */
export const explainFormats = {
  text: { about: "values and places, indented by what they are made of", render: renderExplanationText },
  json: { about: "the same as a tree; reports/schema/explanation.schema.json", render: toJson },
} satisfies Record<string, ExplainFormat>;

export type ExplainFormatName = keyof typeof explainFormats;
