import type { Choice } from "../../ir/expression.ts";
import { isNullish } from "./nullish.ts";
import { join, scalar, type Value, type Values } from "./value.ts";

/** What `left || right`, `left && right` or `left ?? right` may be. */
export function chosen(left: Values, operator: Choice["operator"], right: () => Values): Values {
  const keep: Value[] = [];
  let takesRight = left.length === 0;
  for (const v of left) {
    const t = operator === "??" ? (isNullish(v) ? false : mayBeMissing(v) ? null : true) : truth([v]);
    if (operator === "&&" ? t !== true : t !== false) keep.push(v);
    if (operator === "&&" ? t !== false : t !== true) takesRight = true;
  }
  if (!takesRight) return keep;
  if (operator !== "&&") return join(keep, right());
  const values = right();
  // what guards a value is of no interest once it is false, but where the value is no more than an outcome itself
  return keep.length > 0 && values.length > 0 && values.every(isTrue) ? [...values, scalar(false)] : values;
}

const isTrue = (v: Value): boolean => v.kind === "scalar" && v.value === true;

/** Nothing of it is known, it may be missing as well. */
export const mayBeMissing = (v: Value): boolean =>
  (v.kind === "text" && v.parts.length > 0 && v.parts.every((p) => typeof p !== "string")) || v.kind === "response";

/** True and false where all values agree, null otherwise. */
export function truth(values: Values): boolean | null {
  let seen: boolean | null = null;
  for (const v of values) {
    const one = truthOf(v);
    if (one === null || (seen !== null && seen !== one)) return null;
    seen = one;
  }
  return seen;
}

function truthOf(v: Value): boolean | null {
  switch (v.kind) {
    case "scalar":
      return Boolean(v.value);
    case "text":
      if (v.parts.length === 0) return false;
      return v.parts.some((p) => typeof p === "string") ? true : null;
    case "native":
    case "response":
    case "interop":
      return null;
    default:
      return true;
  }
}
