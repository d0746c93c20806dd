import type { Expr } from "../../ir/expression.ts";
import { canonical, type FileScope, type Program } from "../../ir/program.ts";
import { CacheKey } from "../../ir/program-cache.ts";
import { grouped } from "../../model/group.ts";
import { SETTINGS_FILE } from "../domain/set-by-user.ts";
import { type Argument, hole, joinAll, literalText, type TextValue, type Value, type Values } from "../domain/value.ts";
import type { Evaluator } from "../engine/evaluator.ts";
import { moduleMember } from "../objects/module-member.ts";
import { argument } from "../transfer/compute.ts";
import { toTexts } from "../transfer/to-text.ts";
import { jsonText } from "./json-text.ts";

const ENDING = ".json";
/** What the runtime's writer of JSON yields is known by. */
const WRITTEN_JSON = "json";

/** JSON files of a program by their last segment: only those that its code names are there. */
const dataFiles = new CacheKey<Program, Map<string, FileScope[]>>();

/** `readFileSync(path)`: a JSON file of the package, or one of the person's that nothing is known of. */
export function readFile(ev: Evaluator, args: readonly Argument[]): Values {
  const [path] = args;
  const found =
    path === undefined ? [] : toTexts(ev, argument(ev, args, 0)).flatMap((t) => dataFileAt(ev, t, path) ?? []);
  if (found.length === 0) return [hole("config", SETTINGS_FILE)];
  return found.map((holds): TextValue => ({ kind: "text", parts: [{ kind: "config", name: SETTINGS_FILE, holds }] }));
}

/** `JSON.parse(text)`: of a text that the program wrote itself, what it wrote. */
export function parseJson(ev: Evaluator, args: readonly Argument[]): Values {
  const values = args.length > 0 ? argument(ev, args, 0) : [];
  const texts = toTexts(ev, values);
  const written = texts.flatMap(({ parts: [piece, ...more] }) =>
    typeof piece === "object" && piece.name === WRITTEN_JSON && piece.of !== undefined && more.length === 0
      ? [argument(ev, piece.of, 0)]
      : [],
  );
  if (written.length > 0) return joinAll(written);
  const held = texts.flatMap(({ parts: [piece, ...more] }) =>
    typeof piece === "object" && piece.holds !== undefined && more.length === 0 ? [piece.holds] : [],
  );
  if (held.length > 0) return held.flatMap((file) => moduleMember(ev, file, "default"));
  const said = texts.map((t) => jsonText(ev, literalText(t) ?? ""));
  return said.length > 0 && said.every((v) => v !== null) ? said : [unknownJson(values, texts)];
}

function unknownJson(values: Values, [t]: readonly TextValue[]): Value {
  const h = t?.parts.length === 1 && typeof t.parts[0] !== "string" ? t.parts[0] : undefined;
  const response = values.find((v) => v.kind === "response");
  return response ?? (h ? { kind: "text", parts: [h] } : hole("unknown", "json"));
}

/**
 * The JSON file at a path that begins where the program lies: from the folder of the file that says it, else the only
 * one of the package whose path ends so.
 */
function dataFileAt({ program }: Evaluator, { parts }: TextValue, path: Argument): FileScope | null {
  const [start, ...rest] = parts;
  if (typeof start !== "object" || !start.local || !rest.every((piece) => typeof piece === "string")) return null;
  const segments = rest
    .join("")
    .split("/")
    .filter((segment) => segment !== "" && segment !== ".");
  const named = filesNamed(program, segments.at(-1) ?? "");
  if (named.length === 0) return null;
  const from = "expression" in path ? fileOf(path.expression) : null;
  const exact = from === null ? null : program.resolve(from, `./${segments.join("/")}`);
  if (exact !== null && named.includes(exact)) return exact;
  const ending = `/${segments.filter((segment) => segment !== "..").join("/")}`;
  const alike = named.filter((file) => `/${file.path}`.endsWith(ending));
  return alike.length === 1 ? alike[0]! : null;
}

function filesNamed(program: Program, name: string): readonly FileScope[] {
  if (!name.endsWith(ENDING)) return [];
  const byName = program.cache.once(dataFiles, program, () => {
    const files = [...program.files.values()].filter(({ path }) => path.endsWith(ENDING));
    return grouped(files, ({ path }) => path.slice(path.lastIndexOf("/") + 1));
  });
  return byName.get(name) ?? [];
}

/** The file that an expression stands in, if that can be told from it. */
function fileOf(e: Expr): string | null {
  const at = e.kind === "ref" ? canonical(e.variable).definitions[0]?.expression : e;
  return at?.kind === "call" ? at.unit.file : null;
}
