import type { Call } from "../expression.ts";

/** `require_x()`, `require(12)`: a call that may yield a module which a bundler made a function of. */
export const mayRequire = ({ callee: f, arguments: a, construct }: Call): boolean =>
  !construct && f.kind === "ref" && (a.length === 0 || (a.length === 1 && a[0]!.kind === "literal"));
