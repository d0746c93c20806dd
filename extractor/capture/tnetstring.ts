import { CaptureDamage } from "./damage.ts";

/**
 * tnetstrings as mitmproxy writes them: `,` bytes, `;` text, `#` integer, `^` float, `!` boolean, `~` null, `]` list,
 * `}` dict.
 */
export type TnetValue = Buffer | string | number | boolean | null | TnetValue[] | Map<string, TnetValue>;

const MAX_DEPTH = 64;

/**
 * The value at `from`, and where it ends.
 * @param base offset of `bytes` in the file, for messages
 * @throws CaptureDamage
 */
export function parseTnetstring(
  bytes: Buffer,
  from: number,
  base: number,
  depth = 0,
): { value: TnetValue; end: number } {
  const { start, length } = readLength(bytes, from, base);
  const end = start + length;
  if (end >= bytes.length) throw new CaptureDamage("a value ends behind its container", base + from);
  if (depth > MAX_DEPTH) throw new CaptureDamage("nested too deeply", base + from);
  const payload = bytes.subarray(start, end);
  const type = String.fromCharCode(bytes[end]!);
  const parse = TYPES[type];
  if (parse === undefined) throw new CaptureDamage(`unknown type ${JSON.stringify(type)}`, base + end);
  return { value: parse(payload, base + start, depth), end: end + 1 };
}

/** Digits up to the colon. */
export function readLength(bytes: Buffer, from: number, base: number): { start: number; length: number } {
  const colon = bytes.subarray(from, from + 13).indexOf(0x3a);
  const digits = colon === -1 ? "" : bytes.toString("latin1", from, from + colon);
  if (!/^\d{1,12}$/.test(digits)) throw new CaptureDamage("a length was expected", base + from);
  return { start: from + colon + 1, length: Number(digits) };
}

const TYPES: Record<string, (payload: Buffer, base: number, depth: number) => TnetValue> = {
  ",": (payload) => payload,
  ";": (payload) => payload.toString("utf8"),
  "#": numeric,
  "^": numeric,
  "!": (payload) => payload.toString("latin1") === "true",
  "~": () => null,
  "]": list,
  "}": (payload, base, depth) => {
    const items = list(payload, base, depth);
    const map = new Map<string, TnetValue>();
    for (let i = 0; i + 1 < items.length; i += 2) {
      const key = items[i];
      if (typeof key === "string" || Buffer.isBuffer(key)) map.set(key.toString("utf8"), items[i + 1]!);
    }
    return map;
  },
};

function numeric(payload: Buffer, base: number): number {
  const value = Number(payload.toString("latin1"));
  if (payload.length === 0 || Number.isNaN(value)) throw new CaptureDamage("a number was expected", base);
  return value;
}

function list(payload: Buffer, base: number, depth: number): TnetValue[] {
  const items: TnetValue[] = [];
  let at = 0;
  while (at < payload.length) {
    const { value, end } = parseTnetstring(payload, at, base, depth + 1);
    items.push(value);
    at = end;
  }
  return items;
}
