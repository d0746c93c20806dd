import type { Value } from "./value.ts";

/** `null` and `undefined` */
export const isNullish = (v: Value): boolean => v.kind === "scalar" && v.value == null;
