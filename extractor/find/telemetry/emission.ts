import type { Values } from "../../evaluate/domain/value.ts";
import type { Evaluator } from "../../evaluate/engine/evaluator.ts";
import type { Call } from "../../ir/expression.ts";
import type { Func } from "../../ir/unit.ts";
import type { ParameterPlace } from "../calls/parameter-place.ts";
import type { EventFlow } from "../requests/carried-by.ts";
import type { UngatedRequest } from "../switches/gate-requests.ts";
import type { Emitter } from "./emitters.ts";

/** What a telemetry call says, in the terms of its place. */
export interface Emission {
  call: Call;
  name: (ev: Evaluator) => Values;
  fields: (ev: Evaluator) => Values;
  /** Fields by name. */
  known?: (ev: Evaluator) => string[];
  /** Functions whose callers tell more of it, beside the name. */
  waits?: (ev: Evaluator) => Func[];
  /** Null where the call itself is what sends. */
  emitter: Emitter | null;
  flows: EventFlow[];
  /** The call is known to tell an event: a single word is a name as well. */
  isSure?: boolean;
  /** Requests that carry other things, though they are sent the same way. */
  never?: ReadonlySet<UngatedRequest>;
}

/** An object that an emitter makes of an event, and what is told of the single event in it. */
export interface EventObject {
  values: (ev: Evaluator) => Values;
  own: ParameterPlace[];
  flows: EventFlow[];
}
