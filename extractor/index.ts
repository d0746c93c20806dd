/** What other programs may use. Everything else can change without notice. */
export { blocklist } from "./api/blocklist.ts";
export { type CheckOptions, check } from "./api/check.ts";
export { explain, extract } from "./api/extract.ts";
export { formats, plain } from "./api/formats.ts";
export type { ExtractOptions } from "./api/options.ts";
export { diff } from "./compare/diff/diff.ts";
export { ExtractorError } from "./errors.ts";
export type * from "./model/check.ts";
export type { Diagnostic } from "./model/diagnostic.ts";
export type * from "./model/diff.ts";
export type { Derivation, ExplainedRequest, Explanation, Step } from "./model/explanation.ts";
export type { Platform } from "./model/platform.ts";
export type { Progress } from "./model/progress.ts";
export type * from "./model/report.ts";
export {
  type ChosenSetting,
  type StrongestSwitch,
  type Survivor,
  strongestSwitches,
} from "./model/switches/strongest-switch.ts";
export type { BlockListFormat, BlockListFormatName } from "./render/blocklist/formats.ts";
export { type BlockPlan, type ListChoice, type PlannedHost, TELEMETRY_CHANNELS } from "./render/blocklist/plan.ts";
export type { CheckFormat } from "./render/check/format.ts";
export type { CheckFormatName } from "./render/check/formats.ts";
export type { DiffFormat } from "./render/diff/format.ts";
export type { DiffFormatName } from "./render/diff/formats.ts";
export type { FormatName } from "./render/formats.ts";
export type { GateFormat, GateFormatName } from "./render/gates/formats.ts";
export { type GateMatrix, gateMatrix as gates, type SwitchRow } from "./render/gates/matrix.ts";
export type { Format, Rendering } from "./render/rendering.ts";
