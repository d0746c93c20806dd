/** Small captures in every format, of our own requests. */
export interface Sent {
  method: string;
  url: string;
  headers?: Record<string, string>;
  body?: string | Buffer;
  status?: number;
  time?: string;
  answer?: string;
}

export function harOf(requests: Sent[], extra: (request: Sent, index: number) => object = () => ({})): string {
  const entries = requests.map((request, index) => ({
    startedDateTime: request.time ?? "2026-01-01T00:00:00.000Z",
    request: {
      method: request.method,
      url: request.url,
      headers: Object.entries(request.headers ?? {}).map(([name, value]) => ({ name, value })),
      ...(request.body === undefined
        ? {}
        : {
            postData: {
              mimeType: request.headers?.["Content-Type"] ?? "application/json",
              text: Buffer.isBuffer(request.body) ? request.body.toString("base64") : request.body,
              ...(Buffer.isBuffer(request.body) ? { encoding: "base64" } : {}),
            },
          }),
    },
    response: {
      status: request.status ?? 200,
      headers: [],
      content: { mimeType: "application/json", text: request.answer ?? "{}" },
    },
    ...extra(request, index),
  }));
  return JSON.stringify({ log: { version: "1.2", creator: { name: "test", version: "1" }, pages: [], entries } });
}

export const urlLogOf = (requests: Sent[]): string => requests.map(({ method, url }) => `${method} ${url}\n`).join("");

export const ndjsonOf = (requests: Sent[]): string =>
  requests.map((request) => `${JSON.stringify(request)}\n`).join("");

type Tnet = string | Buffer | number | boolean | null | Tnet[] | { [key: string]: Tnet };

export function tnetstring(value: Tnet): Buffer {
  const wrap = (payload: Buffer | string, type: string) => {
    const bytes = Buffer.from(payload as string);
    return Buffer.concat([Buffer.from(`${bytes.length}:`), bytes, Buffer.from(type)]);
  };
  if (value === null) return wrap("", "~");
  if (typeof value === "string") return wrap(value, ";");
  if (Buffer.isBuffer(value)) return wrap(value, ",");
  if (typeof value === "boolean") return wrap(String(value), "!");
  if (typeof value === "number") return wrap(String(value), Number.isInteger(value) ? "#" : "^");
  if (Array.isArray(value)) return wrap(Buffer.concat(value.map(tnetstring)), "]");
  return wrap(Buffer.concat(Object.entries(value).flatMap(([key, held]) => [tnetstring(key), tnetstring(held)])), "}");
}

export function flowOf(request: Sent, version = 17, extra: { [key: string]: Tnet } = {}): Buffer {
  const { hostname, port, pathname, search, protocol } = new URL(request.url);
  const headers = { Host: hostname + (port ? `:${port}` : ""), ...request.headers };
  return tnetstring({
    type: "http",
    version,
    response: {
      status_code: request.status ?? 200,
      reason: Buffer.from("OK"),
      headers: [],
      content: Buffer.from(request.answer ?? "{}"),
    },
    request: {
      path: Buffer.from(pathname + search),
      authority: Buffer.from(""),
      scheme: Buffer.from(protocol.slice(0, -1)),
      method: Buffer.from(request.method),
      port: port ? Number(port) : protocol === "https:" ? 443 : 80,
      host: "127.64.0.9",
      timestamp_start: Date.parse(request.time ?? "2026-01-01T00:00:00Z") / 1000 + 0.5,
      content: Buffer.from(request.body ?? ""),
      headers: Object.entries(headers).map(([name, value]) => [Buffer.from(name), Buffer.from(value)]),
      http_version: Buffer.from("HTTP/1.1"),
    },
    error: null,
    ...extra,
  });
}

export function rrpairOf(request: Sent, layout: "real" | "documented" = "real"): string {
  const { protocol, hostname, pathname, search } = new URL(request.url);
  const line = `${request.method} ${protocol}//${hostname}:443${pathname}${search} HTTP/1.1`;
  const headers = Object.entries({ Host: hostname, ...request.headers }).map(
    ([name, value]) => `${name}: ${value.replaceAll(",", "\\,")}`,
  );
  const body = String(request.body ?? "");
  const fence = (text: string) => `\`\`\`\n${text}${text === "" ? "" : "\n"}\`\`\`\n`;
  if (layout === "real") {
    return `### REQUEST ###\n${fence([line, ...headers].join("\n"))}\n${fence(body)}\n### RESPONSE ###\n${fence(`HTTP/1.1 ${request.status ?? 200} OK`)}\n${fence("{}")}\n### METADATA ###\n${fence("direction: OUT\nts: 2026-01-01T00:00:00Z")}`;
  }
  return `### REQUEST (TEST) ###\n${[line, ...headers].join("\n")}\n\n${body}\n\n### RESPONSE (MOCK) ###\nContent-Type: application/json\n\n{}\n\n### METADATA ###\ndirection: OUT\n`;
}

/** @param packed in base64, as Burp does by default */
export function burpOf(requests: Sent[], packed = true): string {
  const member = (name: string, text: string) =>
    packed
      ? `<${name} base64="true"><![CDATA[${Buffer.from(text).toString("base64")}]]></${name}>`
      : `<${name} base64="false"><![CDATA[${text}]]></${name}>`;
  const items = requests.map((request) => {
    const { host, pathname, search } = new URL(request.url);
    const headers = Object.entries({ Host: host, ...request.headers }).map(([name, value]) => `${name}: ${value}`);
    const sent = `${[`${request.method} ${pathname}${search} HTTP/1.1`, ...headers].join("\r\n")}\r\n\r\n${request.body ?? ""}`;
    const status = request.status ?? 200;
    return `<item><time>Sat Apr 11 10:01:01 UTC 2026</time><url><![CDATA[${request.url}]]></url><host ip="203.0.113.9">${host}</host>
${member("request", sent)}<status>${status}</status>${member("response", `HTTP/1.1 ${status} OK\r\n\r\n{}`)}</item>`;
  });
  return `<?xml version="1.0"?>\n<!DOCTYPE items [\n<!ELEMENT items (item*)>\n]>\n<items burpVersion="2026.1" exportTime="x">\n${items.join("\n")}\n</items>\n`;
}
