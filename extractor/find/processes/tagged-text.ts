import type { Values } from "../../evaluate/domain/value.ts";
import type { Evaluator } from "../../evaluate/engine/evaluator.ts";
import { itemsOf } from "../../evaluate/objects/array.ts";
import { argument } from "../../evaluate/transfer/compute.ts";
import { combinations } from "../../evaluate/transfer/concat.ts";
import type { SinkCall } from "../sinks/sink-calls.ts";

/** The text of `` tag`curl ${url}` ``: a tag is given the written pieces as a list, and what stands between them. */
export function taggedText(ev: Evaluator, { args }: SinkCall): Values {
  const [pieces] = argument(ev, args, 0);
  if (pieces?.kind !== "array" || pieces.node === null) return [];
  const { items } = itemsOf(ev, pieces);
  const parts = items.flatMap((piece, i) => (i === 0 ? [piece] : [argument(ev, args, i), piece]));
  return combinations(ev, parts, (values) => values);
}
