/** Name and version as `package.json` gives them, where they are sound. */
export interface ManifestIdentity {
  name: string | null;
  version: string | null;
}

/** No `package.json` of a real package is larger. */
export const MAX_MANIFEST_BYTES = 1024 * 1024;

const PRINTABLE = /^[\x21-\x7e]{1,214}$/;

/** @param json text of a `package.json`, which may be anything */
export function manifestIdentity(json: string): ManifestIdentity {
  let parsed: unknown;
  try {
    parsed = JSON.parse(json.replace(/^\ufeff/, ""));
  } catch {
    return { name: null, version: null };
  }
  const { name, version } = (typeof parsed === "object" && parsed !== null ? parsed : {}) as Record<string, unknown>;
  const sound = (value: unknown) => (typeof value === "string" && PRINTABLE.test(value) ? value : null);
  return { name: sound(name), version: sound(version) };
}
