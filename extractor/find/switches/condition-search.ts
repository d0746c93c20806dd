import type { Argument } from "../../evaluate/domain/value.ts";
import type { Questions } from "../../evaluate/engine/questions.ts";
import type { Call } from "../../ir/expression.ts";
import type { ClassDef, Func } from "../../ir/unit.ts";
import type { ClassHierarchy } from "../calls/class-hierarchy.ts";
import type { EnvironmentObjects } from "./environment-reads.ts";
import type { FlagReaders } from "./flag-reads.ts";
import type { Requirements } from "./requirements.ts";

/** What conditions are asked with. */
export interface ConditionSearch {
  ev: Questions;
  environments: EnvironmentObjects;
  flags: FlagReaders;
  hierarchy: ClassHierarchy;
  /** What has to hold for a call to be reached, which is more than the conditions around it. */
  reached: (call: Call) => { needs: Requirements; isWhole: boolean };
  /** Calls that lead to a function; null where there may be more than can be seen. */
  sitesOf: (f: Func) => readonly Call[] | null;
  /** What `this.name()` may run in a method of a class that others extend and override; null where none does. */
  methodsOfMade: (c: ClassDef, name: string) => readonly Func[] | null;
  /** What a function is given, by each call of it; null where there may be others. */
  calledWith: (f: Func) => readonly (readonly Argument[])[] | null;
}
