/** What other programs may use. Everything else can change without notice. */
export { ExtractorError } from "./errors.ts";
export type { Explanation } from "./model/explanation.ts";
export type { Report } from "./model/report.ts";
export { explain, extract, type PipelineOptions, type Progress } from "./pipeline.ts";
export { type FormatName, formats } from "./render/formats.ts";
export type { Format, Rendering } from "./render/rendering.ts";
