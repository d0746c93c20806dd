import type { ObjectExpr } from "../../ir/expression.ts";
import { CacheKey } from "../../ir/program-cache.ts";
import type { Write } from "../../ir/unit.ts";
import { grouped } from "../../model/group.ts";
import { joinAll, NOTHING, type ObjectValue, type Values } from "../domain/value.ts";
import type { Evaluator } from "../engine/evaluator.ts";

const writes = new CacheKey<ObjectExpr, Map<string, Write[]>>();
const NONE: readonly Write[] = [];

/**
 * `{dsn: undefined, init(options) { this.dsn = options.dsn }}`: what the methods of an object write to a member of
 * it.
 */
export function methodWrites(ev: Evaluator, { node, env }: ObjectValue, key: string): Values {
  if (node === null) return NOTHING;
  const byKey = ev.program.cache.once(writes, node, () => {
    const written = node.members.flatMap((m) =>
      m.kind === "value" && m.value.kind === "function" && m.value.func.owner === node ? m.value.func.thisWrites : NONE,
    );
    const plain = written.filter((w) => w.path.length === 1 && w.key === null);
    return grouped(plain, (w) => w.path[0]!);
  });
  const written = byKey.get(key);
  if (written === undefined) return NOTHING;
  return joinAll(written.map((w) => (ev.isReachable(w.guard, env) ? ev.evaluate(w.expression, env) : NOTHING)));
}
