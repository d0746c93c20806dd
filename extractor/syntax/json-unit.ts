import type { Expr, ObjectMember } from "../ir/expression.ts";
import { emptyUnit, newVariable, type Unit, type Variable } from "../ir/unit.ts";
import type { Texts } from "./texts.ts";

/** What is deeper than any settings are is not looked at. */
const MAX_DEPTH = 64;

/**
 * A JSON file as a module: what it holds is what it exports. The version in a `package.json` stays open, since it is
 * another one in the next release, and what is sent is not.
 * @param path of the file
 * @returns null where it is no JSON
 */
export function jsonUnit(path: string, text: string, texts: Texts): Unit | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text.replace(/^\ufeff/, ""));
  } catch {
    return null;
  }
  const isManifest = /(?:^|\/)package\.json$/.test(path);
  const module: Variable = {
    ...newVariable("module", null, false),
    writes: [
      { path: ["exports"], key: null, expression: exported(parsed, isManifest, texts), guard: null, within: null },
    ],
  };
  return { ...emptyUnit(path), names: new Map([["module", module]]) };
}

function exported(value: unknown, isManifest: boolean, texts: Texts): Expr {
  const e = expressionOf(value, texts, 0);
  if (!isManifest || e.kind !== "object") return e;
  const open = (m: ObjectMember): ObjectMember =>
    m.kind === "value" && m.key === "version" ? { ...m, value: { kind: "unknown", name: "version", at: 0 } } : m;
  return { ...e, members: e.members.map(open) };
}

function expressionOf(value: unknown, texts: Texts, depth: number): Expr {
  if (depth > MAX_DEPTH) return { kind: "unknown", name: "", at: 0 };
  if (typeof value === "string") return { kind: "literal", value: texts.own(value), at: 0 };
  if (Array.isArray(value))
    return { kind: "array", items: value.map((item) => expressionOf(item, texts, depth + 1)), at: 0 };
  if (typeof value !== "object" || value === null)
    return { kind: "literal", value: value as number | boolean | null, at: 0 };
  const members = Object.entries(value).map(
    ([key, item]): ObjectMember => ({
      kind: "value",
      key: texts.own(key),
      value: expressionOf(item, texts, depth + 1),
    }),
  );
  return { kind: "object", members, at: 0 };
}
