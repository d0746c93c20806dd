import type { BinaryString } from "../../model/binary-string.ts";
import type { DiagnosticLog } from "../../model/diagnostic.ts";

/** This many names with one beginning are a family; fewer are as often a file name or a member path. */
const FAMILY = 5;

const DOTTED = /^[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)+$/;
/** A name of the same build whose parts are written as members of an object are: a field, a setting. */
const MEMBER = /^(?=.*\.[a-z0-9]+[A-Z])[a-z][a-z0-9_]*(?:\.[a-z0-9_][A-Za-z0-9_]*)+$/;
/** Last part of a host or of a file name. */
const HOST_OR_FILE =
  /\.(?:com|net|org|io|dev|ai|cn|us|de|uk|cloud|app|json|jsonc?|ya?ml|toml|md|txt|html?|xml|css|rs|go|py|js|ts|kts|gradle|sh|bash|exe|dll|so|lock|log|db|conf|cfg|ini|zip|gz|pem|key|crt)$/;

/** A name that says what it is. */
const SAYS_SO = /[._](?:telemetry|telemetry_event)$/;
/** One alone is as often the field or the switch that belongs to telemetry. */
const SAY_SO = 2;

interface Family {
  /** Dotted lower-case names: one may stand in several places. */
  names: Map<string, BinaryString[]>;
  /** How many names are written as members. */
  members: Set<string>;
}

/**
 * Event names: dotted lower-case names below the program's own name, of a family that has at least five, and names
 * that say so. A family under another name is settings, commands, RPC methods or fields of a protocol: it looks the
 * same, so it is counted and left out, as is one that is mostly written as members of an object. Strings that may be
 * spliced don't count, nor those of C libraries linked in.
 * @param own what the program's own names begin with
 */
export function binaryEvents(strings: readonly BinaryString[], own: RegExp, log: DiagnosticLog): BinaryString[] {
  const events: BinaryString[] = [];
  const refused: { prefix: string; count: number; why: string }[] = [];
  for (const [prefix, { names, members }] of familiesOf(strings, own)) {
    const isOwn = own.test(prefix);
    if (isOwn && names.size >= FAMILY && members.size <= names.size) {
      events.push(...[...names.values()].flat());
      continue;
    }
    const saying = [...names.keys()].filter((name) => SAYS_SO.test(name));
    const isSaying = saying.length >= SAY_SO;
    if (isSaying) events.push(...saying.flatMap((name) => names.get(name)!));
    const count = names.size - (isSaying ? saying.length : 0);
    const why = !isOwn
      ? "not the program's own name"
      : names.size < FAMILY
        ? `fewer than ${FAMILY}`
        : "most are written as members of an object";
    if (count >= FAMILY || (isOwn && count > 0)) refused.push({ prefix, count, why });
    else if (saying.length > 0 && !isSaying)
      refused.push({ prefix, count: saying.length, why: "one name alone that ends as telemetry does" });
  }
  refused.sort((a, b) => b.count - a.count);
  for (const { prefix, count, why } of refused)
    log.add("event-refused", `${prefix}*: ${count} dotted names in native code, ${why}`, count);
  return events;
}

/** By what they begin with: the program's own name, else the first part. */
function familiesOf(strings: readonly BinaryString[], own: RegExp): Map<string, Family> {
  const families = new Map<string, Family>();
  for (const string of strings) {
    const [text] = string.pieces;
    if (string.confidence === "low" || string.layer === "terminated") continue;
    if (string.pieces.length !== 1 || typeof text !== "string" || HOST_OR_FILE.test(text)) continue;
    const isName = DOTTED.test(text);
    if (!isName && !MEMBER.test(text)) continue;
    const prefix = own.exec(text)?.[0] ?? text.slice(0, text.indexOf(".") + 1);
    const family = families.get(prefix) ?? { names: new Map(), members: new Set() };
    families.set(prefix, family);
    if (!isName) family.members.add(text);
    else family.names.set(text, [...(family.names.get(text) ?? []), string]);
  }
  return families;
}
