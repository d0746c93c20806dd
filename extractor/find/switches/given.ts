import type { Env } from "../../evaluate/engine/env.ts";
import type { Expr, Guard } from "../../ir/expression.ts";
import type { Func, Variable } from "../../ir/unit.ts";
import type { Requirements, ValueConstraint } from "./requirements.ts";

/** Where an expression stands: in which call, and how many steps from the question. */
export interface Standing {
  env: Env | null;
  depth: number;
}

/** Asks what has to hold for an expression to have a wished value. */
export type Ask = (e: Expr, wish: ValueConstraint, at: Standing) => Requirements;

/** Something that a name or a member was given, under conditions. */
export interface Given {
  expression: Expr;
  guard: Guard | null;
  env: Env | null;
  /** One given later, in the same run of statements, takes the place of those before. */
  replaces: boolean;
  /** Another function than the one that makes what is given to: where it is never called, nothing is given. */
  by?: Func;
}

/** What a function returns, in the call that `env` stands for. */
export const returnedAs = ({ returns }: Func, env: Env | null): Given[] =>
  returns.map((one) => ({ ...one, env, replaces: false }));

/** What a variable is given, of the call that `env` stands for. */
export const definedAs = ({ definitions, owner }: Variable, env: Env | null): Given[] =>
  definitions.map(({ expression, guard, loop, within }) => ({
    expression,
    guard,
    env,
    replaces: guard !== null && !loop && (within === owner || owner === null),
    ...(within !== null && within !== owner ? { by: within } : {}),
  }));
