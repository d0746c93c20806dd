import type { HoleKind } from "../../model/template.ts";
import { onlyHole, type Value } from "./value.ts";

/** What a file of settings is known by; members of it are known by their keys. */
export const SETTINGS_FILE = "file";

/** The user's to set. */
const SET_BY_USER: ReadonlySet<HoleKind> = new Set(["env", "config", "flag", "argument"]);

/** `process.env.X`, as it is or in lower case. */
export function isSetByUser(v: Value): boolean {
  const hole = onlyHole(v);
  return hole !== null && SET_BY_USER.has(hole.kind);
}
