import type { AcquireOptions } from "./acquire/acquired.ts";
import type { ReadLimits } from "./container/limits.ts";
import { ExtractorError } from "./errors.ts";
import type { Report } from "./model/report.ts";

export interface Progress {
  stage: string;
  done: number;
  /** Null where nobody knows yet. */
  total: number | null;
  detail?: string;
}

export interface PipelineOptions {
  sourceMaps: boolean;
  full: boolean;
  reveal: boolean;
  cache: Omit<AcquireOptions, "onProgress">;
  /** Those not given keep their defaults. */
  limits: Partial<ReadLimits>;
  onProgress?: (progress: Progress) => void;
}

/** Stands in until the stages exist. */
export async function extract(spec: string, _options: PipelineOptions): Promise<Report> {
  throw new ExtractorError("not-found", `cannot read ${spec}: the pipeline is not built yet`, {
    hint: "come back later",
  });
}
