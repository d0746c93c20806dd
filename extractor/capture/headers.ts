export type Headers = Record<string, string[]>;

/** Lower-case names, values in order. Pseudo headers of HTTP/2 (`:authority`) keep their colon. */
export function toHeaders(pairs: Iterable<readonly [string, string]>): Headers {
  // No prototype: a header may be called `constructor`.
  const headers: Headers = Object.create(null);
  for (const [name, value] of pairs) {
    const key = name.toLowerCase();
    const values = headers[key];
    if (values === undefined) headers[key] = [value];
    else values.push(value);
  }
  return headers;
}

export const firstHeader = (headers: Headers, name: string): string | null => headers[name]?.[0] ?? null;
