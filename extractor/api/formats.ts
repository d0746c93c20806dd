import { type BlockListFormat, type BlockListFormatName, blockListFormats } from "../render/blocklist/formats.ts";
import type { CheckFormat } from "../render/check/format.ts";
import { type CheckFormatName, checkFormats } from "../render/check/formats.ts";
import type { DiffFormat } from "../render/diff/format.ts";
import { type DiffFormatName, diffFormats } from "../render/diff/formats.ts";
import { type FormatName, formats as reportFormats } from "../render/formats.ts";
import { type GateFormat, type GateFormatName, gateFormats } from "../render/gates/formats.ts";
import type { Format, Rendering } from "../render/rendering.ts";

/** Every way to write a result, by what the result is: `await formats.report.markdown.render(report, plain)`. */
export const formats: {
  readonly report: Readonly<Record<FormatName, Format>>;
  readonly diff: Readonly<Record<DiffFormatName, DiffFormat>>;
  readonly check: Readonly<Record<CheckFormatName, CheckFormat>>;
  readonly gates: Readonly<Record<GateFormatName, GateFormat>>;
  readonly blocklist: Readonly<Record<BlockListFormatName, BlockListFormat>>;
} = {
  report: reportFormats,
  diff: diffFormats,
  check: checkFormats,
  gates: gateFormats,
  blocklist: blockListFormats,
};

/** For a file: no colours, 100 columns, the first few of each list. */
export const plain: Rendering = { color: false, columns: 100, all: false };
