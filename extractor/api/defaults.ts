import type { PipelineOptions } from "../pipeline.ts";
import type { ExtractOptions } from "./options.ts";

/** What is meant where nothing is said. */
export function withDefaults(options: ExtractOptions): PipelineOptions {
  const { cache = true, cacheDir, offline = false, registry, before, ...analysis } = options;
  return {
    sourceMaps: true,
    reveal: false,
    limits: {},
    ...given(analysis),
    cache: { cache, offline, ...given({ cacheDir, registry, before }) },
  };
}

type Given<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** Without what is undefined, so that defaults stay. */
const given = <T extends object>(options: T): Given<T> =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as Given<T>;
