import type { OtherFile } from "../model/source-file.ts";

/** What the name alone says. `by-content` needs the first bytes; `data` are texts that code may read. */
export type NameVerdict = "code" | "data" | "map" | "by-content" | "binary" | "not-code";

/** Of data: what is larger is no settings but a table of something else. */
export const MAX_DATA_BYTES = 4 * 1024 ** 2;

/** How many leading bytes `contentVerdict` wants to see. */
export const HEAD_BYTES = 512;

const CODE = /\.[cm]?[jt]sx?$/i;
const MAP = /\.[cm]?js\.map$/i;
const DATA = /\.json$/i;
const DECLARATION = /\.d\.[cm]?tsx?$/i;
const BINARY =
  /\.(node|wasm|exe|dll|so|dylib|a|o|jar|png|jpe?g|gif|ico|icns|webp|avif|bmp|mp[34]|wav|ogg|woff2?|ttf|otf|eot|zip|t?gz|tar|br|zst|xz|7z|pdf|db|sqlite|bin|dat|pak|asar)$/i;
const INTERPRETER = /^#!.*\b(node|bun|deno|tsx|ts-node)\b/;

/** @param path inside the package */
export function nameVerdict(path: string): NameVerdict {
  const name = path.slice(path.lastIndexOf("/") + 1);
  if (name === "package.json") return "code";
  if (DECLARATION.test(name)) return "not-code";
  if (MAP.test(name)) return "map";
  if (CODE.test(name)) return "code";
  if (BINARY.test(name)) return "binary";
  if (DATA.test(name)) return "data";
  return name.includes(".") ? "not-code" : "by-content";
}

/**
 * The last word on a file whose name doesn't exclude it, from its first `HEAD_BYTES`.
 * `named` is set for a file the person pointed at: any text is taken as code then.
 */
export function contentVerdict(
  verdict: "code" | "data" | "by-content",
  head: Buffer,
  named = false,
): "code" | Extract<OtherFile["reason"], "binary" | "not-code"> {
  const utf16 = (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff);
  // `.ts` is MPEG transport stream as well, and `.js` may be anything.
  if (!utf16 && head.includes(0)) return "binary";
  if (verdict !== "by-content" || named) return "code";
  return INTERPRETER.test(head.toString("latin1").split("\n", 1)[0] ?? "") ? "code" : "not-code";
}
