/**
 * The absolute URL of a request. Recordings through a reverse proxy write `http://host:443/…` although the traffic
 * was TLS. Null where it isn't a URL of the web: `about:blank`, `data:`, `chrome-extension:`.
 */
export function requestedUrl(text: string): string | null {
  const url = text.replace(/^http(s?:\/\/[^/?#]+):443(?=[/?#]|$)/i, (_, rest: string) =>
    rest.startsWith("s") ? `http${rest}` : `https${rest}`,
  );
  return /^(https?|wss?):\/\/[^/?#\s]/i.test(url) ? url : null;
}

/** `WS` for an upgrade request, whatever the recorder called it. */
export function requestedMethod(method: string, url: string, headers: Record<string, string[]>): string {
  const upgrade = headers.upgrade?.some((value) => value.toLowerCase().includes("websocket")) ?? false;
  const protocol = headers[":protocol"]?.[0] === "websocket";
  return upgrade || protocol || /^wss?:/i.test(url) ? "WS" : method.toUpperCase();
}
