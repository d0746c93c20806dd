import type { Evaluator } from "../evaluate/evaluator.ts";
import { memberOf } from "../evaluate/member.ts";
import { known, type Values } from "../evaluate/value.ts";
import type { Call, Expr, ObjectExpr } from "../ir/expression.ts";
import type { Variable } from "../ir/unit.ts";
import type { SecretFinding } from "../model/finding.ts";
import type { Envelope } from "../model/signature.ts";
import type { Callers } from "./callers.ts";
import { callEvidence, type Locate } from "./evidence.ts";

/** An object in code that is written as a known service wants its events, and a call that takes or gets it. */
export interface EnvelopeRecord {
  call: Call;
  object: ObjectExpr;
  envelope: Envelope;
}

/**
 * Queues, spools and workers lie between an event and the request that carries it in the end, so that the body of the request
 * shows nothing of it. What a service wants in an event is public: an object with these members is one wherever it stands.
 */
export function envelopeRecords(ev: Evaluator, callers: Callers, envelopes: readonly Envelope[]): EnvelopeRecord[] {
  const shapes = envelopes.filter(({ inCode }) => inCode !== undefined);
  const found: EnvelopeRecord[] = [];
  const look = (e: Expr, calls: () => Iterable<Call>) => {
    if (e.k !== "object" && e.k !== "conditional" && e.k !== "choice") return;
    for (const object of objectsIn(e)) {
      const envelope = shapes.find((shape) => shape.inCode!.every((path) => hasMember(object, path.split("."))));
      if (envelope !== undefined) for (const call of calls()) found.push({ call, object, envelope });
    }
  };
  const lookAtVariable = (v: Variable) => {
    for (const { e } of v.definitions) look(e, () => v.passedTo.slice(0, 1).map(({ call }) => call));
  };
  for (const unit of ev.program.units) {
    for (const call of unit.calls) for (const e of call.a) look(e, () => [call]);
    for (const f of unit.functions) {
      f.variables.forEach(lookAtVariable);
      for (const { e } of f.returns) look(e, () => callers.of(f).map(({ call }) => call));
    }
  }
  for (const file of ev.program.files.values()) for (const v of file.names.values()) lookAtVariable(v);
  return found;
}

function* objectsIn(e: Expr): Iterable<ObjectExpr> {
  if (e.k === "object") yield e;
  else if (e.k === "conditional") {
    yield* objectsIn(e.yes);
    yield* objectsIn(e.no);
  } else if (e.k === "choice") yield* objectsIn(e.r);
}

function hasMember({ members }: ObjectExpr, [key, ...deeper]: string[]): boolean {
  return members.some(
    (m) => m.k === "value" && m.key === key && (deeper.length === 0 || (m.e.k === "object" && hasMember(m.e, deeper))),
  );
}

/** Values under a dotted path, under the evaluator's present context; `.` is the object itself. */
export function atPath(ev: Evaluator, object: ObjectExpr, path: string): Values {
  const keys = path === "." ? [] : path.split(".");
  return keys.reduce<Values>((values, key) => memberOf(ev, values, key), ev.evaluate(object, null));
}

/** Keys of the service that the program puts into its events. */
export function envelopeKeys(ev: Evaluator, records: readonly EnvelopeRecord[], locate: Locate): SecretFinding[] {
  return records.flatMap(({ call, object, envelope }) =>
    (envelope.keys ?? []).flatMap((path) =>
      ev
        .ask(null, () => atPath(ev, object, path))
        .map(known)
        .filter((value) => value !== null)
        .map((value) => ({ value, sentAs: `body ${path}`, evidence: callEvidence(locate, call, []) })),
    ),
  );
}
