import { literalText, type Value, type Values } from "../../evaluate/domain/value.ts";
import type { Evaluator } from "../../evaluate/engine/evaluator.ts";
import { memberOf } from "../../evaluate/objects/member.ts";
import { memberNames } from "../../evaluate/objects/member-names.ts";
import type { SecretFinding } from "../../model/finding.ts";
import type { Evidence } from "../../model/report.ts";
import { secretsIn } from "../../secrets/in-url.ts";
import { isSecret, passwordOf } from "../../secrets/judge.ts";
import { plainJudge } from "../../secrets/mask.ts";
import { strengthOf } from "../../secrets/names.ts";
import { FIND_BOUNDS } from "../bounds.ts";
import { bodyValues, madeFrom } from "../sinks/body.ts";
import type { Header } from "../sinks/headers.ts";
import { option, optionObjects } from "../sinks/request-options.ts";
import type { SinkCall } from "../sinks/sink-calls.ts";

/** Names under which keys with a shape of their own travel, which alone says too little. */
const IDENTIFIER_NAME = /(api|client|access|app|write|auth|license|instrumentation|public)[-_]?id$/i;

/**
 * Literals that a call sends under a key's name: in headers, in options such as `auth`, in its query and in its body.
 */
export function secretsOf(
  ev: Evaluator,
  call: SinkCall,
  headers: readonly Header[],
  evidence: Evidence,
): SecretFinding[] {
  const found: SecretFinding[] = [];
  const add = (value: string, sentAs: string, name: string) => {
    const isKept = isSecret(value, sentAs) || (IDENTIFIER_NAME.test(name) && /^[\w-]{12,400}$/.test(value));
    if (isKept && !found.some((f) => f.value === value && f.sentAs === sentAs)) found.push({ value, sentAs, evidence });
  };
  for (const { name, values } of headers)
    for (const value of literals(values)) if (mayHold(name)) add(value, `header ${name}`, name);
  const { own, defaults } = optionObjects(ev, call);
  const { query } = call.found.sink;
  for (const objects of [own, ...defaults]) {
    for (const object of objects) inOptions(ev, object, add);
    if (query) for (const v of option(ev, objects, query)) inMembers(ev, v, { way: "query", add }, 0);
  }
  for (const v of bodyValues(ev, call)) inMembers(ev, v, { way: "body", add }, 0);
  return found;
}

type Add = (value: string, sentAs: string, name: string) => void;

const mayHold = (name: string): boolean => strengthOf(name) !== "none" || IDENTIFIER_NAME.test(name);

const literals = (values: Values): string[] => values.flatMap((v) => (v.kind === "text" ? (literalText(v) ?? []) : []));

/** `{auth: "user:password"}`, `{auth: {username, password}}`, `{password}`, `{token}`. */
function inOptions(ev: Evaluator, object: Value, add: Add): void {
  for (const name of memberNames(ev, object).slice(0, FIND_BOUNDS.secretMembers)) {
    if (strengthOf(name) !== "secret") continue;
    const values = memberOf(ev, [object], name);
    const isAuth = /^auth/i.test(name);
    for (const value of literals(values))
      add(isAuth ? passwordOf(value) : value, isAuth ? "auth" : `option ${name}`, name);
    for (const v of values)
      for (const inner of memberNames(ev, v).slice(0, FIND_BOUNDS.secretMembers))
        if (strengthOf(inner) === "secret")
          for (const value of literals(memberOf(ev, [v], inner)))
            add(value, isAuth ? "auth" : `option ${inner}`, inner);
  }
}

/** Members with a key's name, through what an object was written to; a text that is a form or a document itself. */
function inMembers(ev: Evaluator, v: Value, to: { way: "query" | "body"; add: Add }, depth: number): void {
  const { way, add } = to;
  if (depth > FIND_BOUNDS.secretDepth) return;
  const whole = v.kind === "text" ? literalText(v) : null;
  if (whole !== null) {
    for (const { value, sentAs } of secretsIn(`?${whole}`, plainJudge))
      if (sentAs.startsWith("query ")) add(value, sentAs.replace("query", way), sentAs.slice("query ".length));
    return;
  }
  if (v.kind === "text" || (v.kind === "native" && memberNames(ev, v).length === 0)) {
    for (const made of madeFrom(ev, v)) inMembers(ev, made, to, depth + 1);
    return;
  }
  for (const name of memberNames(ev, v).slice(0, FIND_BOUNDS.secretMembers)) {
    if (!mayHold(name)) continue;
    for (const value of memberOf(ev, [v], name)) {
      const literal = value.kind === "text" ? literalText(value) : null;
      if (literal !== null) add(literal, `${way} ${name}`, name);
      else if (value.kind === "object" || value.kind === "instance") inMembers(ev, value, to, depth + 1);
    }
  }
}
