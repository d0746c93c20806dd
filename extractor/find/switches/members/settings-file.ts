import { NOTHING, onlyHole, type TextValue, type Values } from "../../../evaluate/domain/value.ts";
import type { Questions } from "../../../evaluate/engine/questions.ts";
import { memberOf } from "../../../evaluate/objects/member.ts";
import { switchOf } from "../condition-shapes.ts";
import { NO_REQUIREMENTS, type Requirements, type ValueConstraint, wished } from "../requirements.ts";

/** `{ ...defaults, ...JSON.parse(file) }`: what a person wrote into a file of settings. */
export function ofSettings(
  ev: Questions,
  file: TextValue,
  path: readonly string[],
  wish: ValueConstraint,
): Requirements {
  if (onlyHole(file)?.kind !== "config") return NO_REQUIREMENTS;
  const member = path.reduce<Values>((of, key) => ev.tryWithin((ev) => memberOf(ev, of, key), NOTHING), [file]);
  const read = switchOf(member);
  return read === null ? NO_REQUIREMENTS : wished(read, wish);
}
