import type { CaptureFormat } from "./format.ts";
import { har } from "./har.ts";
import { mitmproxy } from "./mitmproxy.ts";
import { ndjson } from "./ndjson.ts";
import { rrpair } from "./rrpair.ts";
import { rrpairJson } from "./rrpair-json.ts";
import { urlLog } from "./url-log.ts";

export type CaptureFormatId = "har" | "mitmproxy" | "rrpair" | "rrpair-json" | "ndjson" | "url-log";

/** In the order in which they are asked: the narrower first. */
const FORMATS = {
  rrpair,
  mitmproxy,
  "rrpair-json": rrpairJson,
  har,
  ndjson,
  "url-log": urlLog,
} satisfies Record<CaptureFormatId, CaptureFormat>;

export const formatNames = (): string[] => Object.values(FORMATS).map(({ label }) => label);

export function detectFormat(sample: Buffer): { id: string; format: CaptureFormat } | null {
  const text = sample.toString("utf8");
  for (const [id, format] of Object.entries(FORMATS)) if (format.detect(text)) return { id, format };
  return null;
}

/** What a file that is no capture looks like, and what to do about it. */
const OTHER_FORMATS: [RegExp, string][] = [
  [
    /^(\xd4\xc3\xb2\xa1|\xa1\xb2\xc3\xd4|\x0a\x0d\x0d\x0a)/,
    "a packet capture; TLS hides its requests, so record with a proxy",
  ],
  [/^PK\x03\x04/, "a zip archive (a Fiddler .saz?); unpack or export it as HAR"],
  [/^\x28\xb5\x2f\xfd/, "zstd compressed; unpack it first"],
  [/^SQLite format 3/, "a database; export the session as HAR"],
  [/^\s*<\?xml|^\s*<!doctype|^\s*<html/i, "XML or HTML; export the session as HAR"],
  [/^\s*[{[]/, "JSON, but has no log.entries and no lines with method and url"],
];

export const describeOther = (sample: Buffer): string => {
  const head = sample.subarray(0, 256).toString("latin1");
  return OTHER_FORMATS.find(([pattern]) => pattern.test(head))?.[1] ?? "no request line was found in it";
};
