import { burp } from "./burp.ts";
import type { CaptureFormat } from "./format.ts";
import { har } from "./har.ts";
import { mitmproxy } from "./mitmproxy.ts";
import { ndjson } from "./ndjson.ts";
import { netLog } from "./net-log.ts";
import { rrpair } from "./rrpair.ts";
import { rrpairJson } from "./rrpair-json.ts";
import { urlLog } from "./url-log.ts";

export type CaptureFormatId =
  | "har"
  | "mitmproxy"
  | "rrpair"
  | "rrpair-json"
  | "net-log"
  | "burp"
  | "ndjson"
  | "url-log";

/** In the order in which they are asked: the narrower first. */
const FORMATS = {
  rrpair,
  mitmproxy,
  "rrpair-json": rrpairJson,
  "net-log": netLog,
  har,
  burp,
  ndjson,
  "url-log": urlLog,
} satisfies Record<CaptureFormatId, CaptureFormat>;

export const formatNames = (): string[] => Object.values(FORMATS).map(({ label }) => label);

export function detectFormat(sample: Buffer): { id: string; format: CaptureFormat } | null {
  if (NO_TEXT.some(([pattern]) => pattern.test(headOf(sample)))) return null;
  const text = sample.toString("utf8");
  for (const [id, format] of Object.entries(FORMATS)) if (format.detect(text)) return { id, format };
  return null;
}

const headOf = (sample: Buffer): string => sample.subarray(0, 256).toString("latin1");

/** Files of bytes that may hold the text of a request line all the same, and what to do about them. */
const NO_TEXT: [RegExp, string][] = [
  [
    /^(?:\xd4\xc3\xb2\xa1|\xa1\xb2\xc3\xd4|\x4d\x3c\xb2\xa1|\xa1\xb2\x3c\x4d|\x0a\x0d\x0d\x0a)/,
    "a packet capture, in which TLS hides the requests; record with a proxy, or decrypt it with the session's keys and export HTTP objects",
  ],
  [/^PK\x03\x04/, "a zip archive (a Fiddler .saz, a Playwright HAR with its bodies?); unpack it, or export it as HAR"],
  [/^\x28\xb5\x2f\xfd/, "zstd compressed; unpack it first"],
  [/^SQLite format 3/, "a database; export the session as HAR"],
];

/** Text that is no capture. */
const OTHER_TEXT: [RegExp, string][] = [
  [/^\s*<\?xml|^\s*<!doctype|^\s*<html/i, "XML or HTML; export the session as HAR"],
  [/^\s*[{[]/, "JSON, but has no log.entries and no lines with method and url"],
];

export const describeOther = (sample: Buffer): string =>
  [...NO_TEXT, ...OTHER_TEXT].find(([pattern]) => pattern.test(headOf(sample)))?.[1] ??
  "no request line was found in it";
