/** Last words of names whose values are secrets, whatever they look like: `sessionToken`, `X-Amz-Signature`. */
const SECRET = new Set(
  (
    "password passwd passphrase passcode pwd pass pw secret token apikey apitoken authtoken accesstoken authkey signature sig hmac mac " +
    "credential credentials creds jwt bearer authorization auth authinfo authentication jsessionid phpsessid aspsessionid sessionid sid " +
    "sessid cookie dsn pin otp totp webhook licensekey accesskey secretkey privatekey sas writekey appkey clientsecret"
  ).split(" "),
);
/** Before `key`: what the key opens. */
const KEYS = new Set(
  (
    "api access secret private auth app application write ingest ingestion license licence subscription functions function encryption " +
    "signing shared master account client public project sentry instrumentation server service sdk dsn storage host session security " +
    "hmac aes admin integration routing events reporter telemetry analytics license"
  ).split(" "),
);
/** Names that a secret may have, as may other things. */
const PERHAPS = new Set("key code id session state hash ticket hook k t s p u user username login".split(" "));

/** `secret`: of such a name every value is one. `perhaps`: only a value that no person chose. */
export type NameStrength = "secret" | "perhaps" | "none";

/** How far a name says that its value is secret; names of headers, parameters, members and options alike. */
export function strengthOf(name: string): NameStrength {
  const words = wordsOf(name);
  const last = words.at(-1) ?? "";
  const before = words.at(-2) ?? "";
  if (SECRET.has(last) || SECRET.has(words.join(""))) return "secret";
  if (last === "key" && KEYS.has(before)) return "secret";
  // `AWSAccessKeyId`, `session_id`
  if (last === "id" && (before === "key" || before === "session")) return "secret";
  // `token_2`, `apiKey1`
  if (/^\d{1,2}$/.test(last) && words.length > 1) return strengthOf(words.slice(0, -1).join("_"));
  return PERHAPS.has(last) ? "perhaps" : "none";
}

/** `clientAPIKey`, `client-api_key` -> client, api, key. */
function wordsOf(name: string): string[] {
  return name
    .slice(-MOST_NAME)
    .replace(/([a-z\d])(?=[A-Z])|([A-Z])(?=[A-Z][a-z])/g, "$1$2_")
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .filter(Boolean);
}

const MOST_NAME = 120;
