/** A URL template cut where its host ends. Holes stay whole, whatever stands in them. */
export interface SplitAddress {
  /** With the port; with the scheme only where it is not encrypted; empty for a bare path. */
  host: string;
  /** Path and query, `/` at least where there is a host. */
  path: string;
}

const ENCRYPTED = new Set(["https://", "wss://"]);

/** `https://api.example.com/v1/{id}` -> `api.example.com`, `/v1/{id}`; `{base}/v1` -> `{base}`, `/v1`. */
export function splitAddress(url: string): SplitAddress {
  const scheme = /^[a-z][a-z\d+.-]*:\/\//i.exec(url)?.[0] ?? "";
  const end = hostEnd(url, scheme.length);
  const host = url.slice(ENCRYPTED.has(scheme.toLowerCase()) ? scheme.length : 0, end);
  return { host, path: url.slice(end) || "/" };
}

/** `https://api.example.com/v1` -> `api.example.com/v1` */
export function addressText(url: string): string {
  const { host, path } = splitAddress(url);
  return host + path;
}

function hostEnd(url: string, from: number): number {
  let depth = 0;
  for (let at = from; at < url.length; at++) {
    const character = url[at]!;
    if (character === "{") depth++;
    else if (character === "}") depth = Math.max(0, depth - 1);
    else if (depth === 0 && (character === "/" || character === "?" || character === "#")) return at;
  }
  return url.length;
}
