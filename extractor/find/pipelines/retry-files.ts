import { NOTHING, type Piece } from "../../evaluate/domain/value.ts";
import type { Evaluator } from "../../evaluate/engine/evaluator.ts";
import type { Questions } from "../../evaluate/engine/questions.ts";
import { argument } from "../../evaluate/transfer/compute.ts";
import { toTexts } from "../../evaluate/transfer/to-text.ts";
import type { Call } from "../../ir/expression.ts";
import { type ClassDef, classesAround, type Func } from "../../ir/unit.ts";
import type { BatchingHints } from "../../model/signatures/telemetry-hints.ts";
import { isHole, type Template, template } from "../../model/template.ts";
import type { Callers } from "../calls/callers.ts";
import { searchContexts } from "../calls/context-search.ts";
import { openFunctions } from "../sinks/url.ts";

/**
 * Files that the object which sends events writes, or the functions around the request: what couldn't be sent waits
 * there.
 */
export function retryFilesOf(
  ev: Questions,
  callers: Callers,
  hints: readonly BatchingHints[],
  sites: readonly Call[],
): Template[] {
  const paths = hints.flatMap((h) => h.spools.map((text) => new RegExp(text)));
  const found = new Map<string, Template>();
  for (const f of around(sites)) {
    for (const call of f.calls) {
      if (call.arguments.length === 0 || !writesFile(ev, call, paths)) continue;
      const texts = (ev: Evaluator) =>
        toTexts(
          ev,
          argument(
            ev,
            call.arguments.map((e) => ({ expression: e, env: null })),
            0,
          ),
        );
      searchContexts(ev, callers, {
        open: (ev) => texts(ev).flatMap((t) => openFunctions(t)),
        answer: (ev, _at, final) => {
          let news = false;
          for (const t of texts(ev)) {
            const plain = template(t.parts.map(withoutName));
            if (!final || !isNamed(plain)) continue;
            // the same with one part empty says less
            const key = plain.map((p, i) => (!isHole(p) ? p : i === 0 ? p.name : "")).join("");
            const known = found.get(key);
            if (known !== undefined && known.length >= plain.length) continue;
            found.set(key, plain);
            news = true;
          }
          return news ? "news" : "nothing";
        },
      });
    }
  }
  return [...found.values()];
}

/**
 * What a path begins with is told by its name; what is inside (a session, a number) has a name that minifiers gave
 * it.
 */
const withoutName = (p: Piece, i: number): Template[number] =>
  !isHole(p) ? p : { kind: p.kind, name: i === 0 || p.kind === "env" || p.kind === "config" ? p.name : "" };

/** `folder/failed.{}`: with a name of its own, not whatever stands in a folder. */
function isNamed(path: Template): boolean {
  const text = path.map((p) => (isHole(p) ? "{}" : p)).join("");
  return /[/\\.]/.test(text) && /\w[^/\\]*$/.test(text);
}

/** The functions that hold the request, and all methods of the class where they are some. */
function around(sites: readonly Call[]): Set<Func> {
  const functions = new Set<Func>();
  const classes = new Set<ClassDef>();
  for (const { within } of sites) {
    for (let f = within; f !== null; f = f.outer) functions.add(f);
    for (const c of classesAround(within)) classes.add(c);
  }
  for (const c of classes) for (const f of c.unit.functions) if ([...classesAround(f)].includes(c)) functions.add(f);
  return functions;
}

function writesFile(ev: Questions, call: Call, paths: readonly RegExp[]): boolean {
  const callees = ev.tryWithin((ev) => ev.evaluate(call.callee, null), NOTHING);
  return callees.some((v) => v.kind === "native" && paths.some((p) => p.test(v.path)));
}
