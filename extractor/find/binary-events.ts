import type { BinaryString } from "../model/binary-string.ts";

/** This many names with one beginning are a family; fewer are as often a file name or a member path. */
const FAMILY = 5;

const DOTTED = /^[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)+$/;
/** Last part of a host or of a file name. */
const HOST_OR_FILE =
  /\.(?:com|net|org|io|dev|ai|cn|us|de|uk|cloud|app|json|jsonc?|ya?ml|toml|md|txt|html?|xml|css|rs|go|py|js|ts|kts|gradle|sh|bash|exe|dll|so|lock|log|db|conf|cfg|ini|zip|gz|pem|key|crt)$/;

/** A name that says what it is needs no family. */
const SAYS_SO = /[._](?:telemetry|telemetry_event)$/;

/**
 * Event names: dotted lower-case names of a family that has at least five, or that say so. Strings that may be spliced
 * don't count, nor those of C libraries linked in.
 */
export function binaryEvents(strings: readonly BinaryString[]): BinaryString[] {
  const families = new Map<string, BinaryString[]>();
  for (const string of strings) {
    const [text] = string.pieces;
    if (string.confidence === "low" || string.layer === "terminated") continue;
    if (string.pieces.length !== 1 || typeof text !== "string") continue;
    if (!DOTTED.test(text) || HOST_OR_FILE.test(text)) continue;
    const family = text.slice(0, text.indexOf("."));
    const members = families.get(family);
    if (members === undefined) families.set(family, [string]);
    else members.push(string);
  }
  return [...families.values()].flatMap((family) =>
    family.length >= FAMILY ? family : family.filter(({ pieces }) => SAYS_SO.test(pieces[0]!)),
  );
}
