import type { TextValue } from "../../evaluate/domain/value.ts";
import { decode, encode, together } from "../../evaluate/natives/encoded.ts";

/** `https://api.dev/v1` and `users` -> `https://api.dev/v1/users` */
export function onto(base: TextValue, path: TextValue): TextValue {
  const b = encode(base.parts);
  const p = together(b, encode(path.parts));
  if (p.b === "") return base;
  const slash = b.s.endsWith("/") || p.b.startsWith("/") || p.b.startsWith("?") ? "" : "/";
  return decode((p.b.startsWith("/") ? b.s.replace(/\/+$/, "") : b.s) + slash + p.b, p.holes);
}
