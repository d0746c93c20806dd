import type { Exchange } from "../../model/exchange.ts";
import { targetOf } from "../match/target.ts";

/** Pages that a recorder serves about itself. */
const RECORDER_HOSTS = new Set([
  "mitm.it",
  "chls.pro",
  "proxy.man",
  "proxyman.local",
  "http.toolkit",
  "amiusing.httptoolkit.tech",
]);
const HANDSHAKE = /tls|ssl|handshake|certificate|ERR_CERT|unknown.ca|self.signed/i;
const PROXY_SERVER = /mitmproxy|charles|proxyman|fiddler|burp|squid|privoxy|mockttp|http ?toolkit/i;
const PROXY_TEXT =
  /<title>(?:50\d [^<]*|Charles Error Report|Burp Suite[^<]*|ERROR: The requested URL[^<]*|HTTP Toolkit[^<]*)<\/title>|\[Fiddler\]|mitmproxy|Server unreachable|Error connecting to "/i;

/** What the recording made and no program sent; null for real requests. */
export function artefact(exchange: Exchange): string | null {
  const { failure, status, method } = exchange;
  if (method === "CONNECT") {
    if (failure !== null && HANDSHAKE.test(failure))
      return "TLS handshake failed: the program doesn't trust the recorder";
    return "a tunnel in which no request was read";
  }
  if (failure !== null && status === null && HANDSHAKE.test(failure) && Object.keys(exchange.headers).length === 0) {
    return "TLS handshake without a request";
  }
  return RECORDER_HOSTS.has(targetOf(exchange.url).host) ? "a page of the recorder" : null;
}

/** Whether the answer was made by the recorder, because it could not reach the server. */
export function answeredByProxy(exchange: Exchange): boolean {
  const { status, response } = exchange;
  if (status === null || ![502, 503, 504].includes(status) || response === null) return false;
  const { headers, text } = response;
  const named = [...(headers.server ?? []), ...(headers.via ?? []), ...(headers["proxy-agent"] ?? [])];
  return (
    named.some((value) => PROXY_SERVER.test(value)) ||
    headers["x-squid-error"] !== undefined ||
    PROXY_TEXT.test((text ?? "").slice(0, 2000))
  );
}
