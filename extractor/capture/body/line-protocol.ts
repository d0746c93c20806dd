/**
 * InfluxDB line protocol: `measurement,tag=value field=1,other="text" timestamp`; `\` escapes a comma, space or
 * equals sign.
 */
export interface Point {
  measurement: string;
  tags: Record<string, string>;
  fields: Record<string, string>;
}

const KEY = String.raw`(?:\\.|[^\s,=\\"{}<>])+`;
const TAG = String.raw`,${KEY}=(?:\\.|[^\s,\\])+`;
const VALUE = String.raw`(?:"(?:\\.|[^"\\])*"|(?:\\.|[^\s,"\\])+)`;
const LINE = new RegExp(String.raw`^(${KEY})((?:${TAG})*) (${KEY}=${VALUE}(?:,${KEY}=${VALUE})*)(?: -?\d{1,20})?$`);

/** Null unless every line is one. Lines over 4,000 characters aren't looked at: the pattern's time grows with them. */
export function parseLineProtocol(text: string): Point[] | null {
  const points: Point[] = [];
  for (const line of text.split("\n")) {
    if (line.trim() === "" || line.startsWith("#")) continue;
    const match = line.length <= 4000 ? LINE.exec(line.trimEnd()) : null;
    if (match === null) return null;
    points.push({ measurement: unquoted(match[1]!), tags: pairs(match[2]!), fields: pairs(match[3]!) });
  }
  return points.length > 0 ? points : null;
}

function pairs(text: string): Record<string, string> {
  const found: Record<string, string> = Object.create(null);
  for (const [, key, value] of text.matchAll(new RegExp(`(${KEY})=(${VALUE})`, "g")))
    found[unquoted(key!)] = unquoted(value!);
  return found;
}

const unquoted = (text: string): string => text.replace(/^"|"$/g, "").replace(/\\(.)/g, "$1");
