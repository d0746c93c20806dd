/** Names under which keys travel. */
const KEY_NAME =
  /(api|client|access|app|write|auth|license|instrumentation|public)[-_]?(key|token|id)$|^(authorization|x-api-key|dsn|token|key|secret|password)$|-(key|token|secret)$/i;

/** A literal that goes out under a key's name and is no word of a language: mixed characters, no spaces, long enough. */
export function looksSecret(name: string, value: string): boolean {
  if (!KEY_NAME.test(name)) return false;
  const bare = value.replace(/^(Bearer|Basic|Token) /i, "");
  return bare.length >= 12 && bare.length <= 400 && /^[\w\-.:=+/@~;]+$/.test(bare) && /\d/.test(bare);
}
