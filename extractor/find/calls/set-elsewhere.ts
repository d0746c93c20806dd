import type { Variable } from "../../ir/unit.ts";

/** Does another function than its own set a variable? `let send; function init(context) { send = context.send; }` */
export const isSetElsewhere = ({ owner, definitions }: Variable): boolean =>
  definitions.length > 0 && definitions.every(({ within }) => within !== null && within !== owner);
