/** `https://PUBLIC_KEY@host/path/PROJECT`, where crash-reporting SDKs are told to send. */
const DSN = /^(https?:\/\/)[0-9a-f]{32}(?::[0-9a-f]{32})?@([A-Za-z0-9.-]+(?::\d+)?\/(?:[A-Za-z0-9_-]+\/)*)(\d+)$/;

/** Where a DSN makes an SDK post its envelopes; null for any other text. */
export function envelopeUrl(text: string): string | null {
  const [, scheme, place, project] = DSN.exec(text) ?? [];
  return project === undefined ? null : `${scheme}${place}api/${project}/envelope/`;
}
