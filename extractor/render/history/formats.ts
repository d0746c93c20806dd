import type { Series } from "../../model/series.ts";
import { toJson } from "../json.ts";
import type { Rendering } from "../rendering.ts";
import { renderSeriesText } from "./text.ts";

/** Every way to write a series. */
export const historyFormats = {
  text: { about: "tables for people", render: renderSeriesText },
  json: { about: "all of it", render: (series: Series) => toJson(series) },
} satisfies Record<string, { about: string; render(series: Series, rendering: Rendering): string }>;

export type HistoryFormatName = keyof typeof historyFormats;
