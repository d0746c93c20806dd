/** Made-up secrets of every kind that programs hold, put together here so that no scanner takes one for a leak. */
const key = (...parts: string[]): string => parts.join("");
const HEX = "4f9a8b7c6d5e4f3a2b1c0d9e8f7a6b5c";
const B62 = "Zk93hdQm2Lp0aXv7Yt5cRw1eUq8sNb4k";

export const KINDS: Readonly<Record<string, string>> = {
  "personal token of a forge": key("ghp", "_", B62, "Xy3d"),
  "fine-grained token of a forge": key("github", "_pat_", "11AB2CD3Ef0", B62),
  "token of a second forge": key("glpat", "-", "Zk93hdQm2Lp0aXv7Yt5c"),
  "token of a registry": key("npm", "_", B62, "Xy3d"),
  "token of a chat's bot": key("xox", "b-", "123456789012-1234567890123-", "Zk93hdQm2Lp0aXv7Yt5cRw1e"),
  "token of a chat's app": key("xapp", "-1-", "A0123456789-1234567890123-", HEX),
  "live key of a payment service": key("sk", "_live_", "51Zk93hdQm2Lp0aXv7Yt5cRw1e"),
  "test key of a payment service": key("rk", "_test_", "51Zk93hdQm2Lp0aXv7Yt5cRw1e"),
  "access key id of a cloud": key("AKIA", "Q3EGRTYUIO5ASDF7"),
  "secret key of a cloud": "wJalrXUtnFEMI9K7MDENG8bPxRfiCYzEXAMPLKEY",
  "secret key with slashes": "wJalrXUtnFEMI/K7MDENG+bPxRfiCYzXcVbNmQwE",
  "key of a second cloud": key("AIza", "SyZk93hdQm2Lp0aXv7Yt5cRw1eUq8sNb4kX"),
  "client secret of a second cloud": key("GOC", "SPX-", "Zk93hdQm2Lp0aXv7Yt5cRw1eUq8s"),
  "key of a mail service": key("SG", ".", "Zk93hdQm2Lp0aXv7Yt5cRw", ".", "1eUq8sNb4kZk93hdQm2Lp0aXv7Yt5cRw1eUq8sNb4kA"),
  "key of a second mail service": key("key", "-", HEX),
  "account of a phone service": key("AC", HEX),
  "token of a messenger's bot": key("123456789", ":", "AAEhBP0av28fAZk93hdQm2Lp0aXv7Yt5cRw"),
  "webhook of a chat": key("Zk93hdQm2Lp0aXv7Yt5cRw1e"),
  "key of a model": key("sk", "-proj-", B62),
  "key of a second model": key("sk", "-ant-api03-", B62, "-", B62, "AA"),
  "token of a model hub": key("hf", "_", "ZkhdQmLpaXvYtcRweUqsNbkZkhdQmLpaXv"),
  "signed token": key(
    "eyJhbGciOiJIUzI1NiJ9",
    ".",
    "eyJzdWIiOiJtYWRlIHVwIDEyMyJ9",
    ".",
    "Zk93hdQm2Lp0aXv7Yt5cRw1eUq8sNb4k",
  ),
  "write key of analytics": key("phc", "_", B62, "ABCDEFGHIJK"),
  "key of logs": key("pub", HEX),
  "key of errors": HEX,
  "key of flags": key("sdk", "-", "0f1e2d3c-4b5a-4978-8796-a5b4c3d2e1f4"),
  uuid: "8f14e45f-ceea-467f-a0e5-3d1d5b2c4e11",
  "40 hex digits": key(HEX, "0a1b2c3d"),
  "64 hex digits": key(HEX, HEX.split("").reverse().join("")),
  "upper hex": HEX.toUpperCase(),
  "letters and digits": B62,
  "letters of both cases": "xKjdHfKsaLqWePzRtYuBvCnMqXwZ",
  "lower case and digits": "q7w3e9r1t5y8u2i4o6p0a7s3d9f1",
  base64: "c2VjcmV0LXZhbHVlLTEyMzQ1Njc4OTAtYWJj",
  "url-safe base64": "Zk93-hdQm_2Lp0-aXv7_Yt5c-Rw1e_Uq8s",
  digits: "730919485726103847562910",
  "key in groups": "ZK93H-QM2LP-0AXV7-YT5CR-W1EUQ",
  "licence with a prefix": key("lic", "_", "prod_", "Zk93hdQm2Lp0aXv7Yt5c"),
  "token of a deployment": key("dop", "_v1_", HEX, HEX),
  "password with digits": "hunter2Secret99x",
};

/** JavaScript that sends a secret, each in one way. `i` makes hosts of their own. */
export const WAYS: Readonly<Record<string, (secret: string, i: number) => string>> = {
  "a header of its own": (s, i) => `fetch("https://a${i}.tool.dev/x", { headers: { "X-Api-Key": ${q(s)} } });`,
  bearer: (s, i) => `fetch("https://b${i}.tool.dev/x", { headers: { Authorization: "Bearer " + ${q(s)} } });`,
  "basic, encoded by the program": (s, i) =>
    `fetch("https://c${i}.tool.dev/x", { headers: { Authorization: "Basic " + btoa("svc:" + ${q(s)}) } });`,
  "basic, encoded before": (s, i) =>
    `fetch("https://d${i}.tool.dev/x", { headers: { Authorization: ${q(`Basic ${basic(s)}`)} } });`,
  query: (s, i) => `fetch("https://e${i}.tool.dev/x?v=2&api_key=${encodeURIComponent(s)}");`,
  "query, set later": (s, i) =>
    `{ const u = new URL("https://f${i}.tool.dev/x"); u.searchParams.set("access_token", ${q(s)}); fetch(u); }`,
  "query inside a parameter": (s, i) =>
    `fetch("https://g${i}.tool.dev/x?to=${encodeURIComponent(`https://i.dev/?sig=${encodeURIComponent(s)}&n=1`)}");`,
  userinfo: (s, i) => `fetch("https://svc:${encodeURIComponent(s)}@h${i}.tool.dev/x");`,
  "userinfo, set later": (s, i) =>
    `{ const u = new URL("https://i${i}.tool.dev/x"); u.username = "svc"; u.password = ${q(s)}; fetch(u); }`,
  path: (s, i) => `fetch("https://j${i}.tool.dev/hooks/T0A1/${encodeURIComponent(s)}/in");`,
  body: (s, i) =>
    `fetch("https://k${i}.tool.dev/x", { method: "POST", body: JSON.stringify({ client_secret: ${q(s)} }) });`,
  "auth option": (s, i) => `require("https").request({ host: "l${i}.tool.dev", path: "/x", auth: "svc:" + ${q(s)} });`,
  "session in a segment": (s, i) => `fetch("https://m${i}.tool.dev/x;jsessionid=${encodeURIComponent(s)}?a=b");`,
};

const q = (text: string): string => JSON.stringify(text);
export const basic = (secret: string): string => Buffer.from(`svc:${secret}`).toString("base64");

/** How a secret may be written in an output. */
export const spellings = (secret: string): string[] => [
  secret,
  encodeURIComponent(secret),
  encodeURIComponent(encodeURIComponent(secret)),
  basic(secret),
];

/** A program that sends each of the secrets in each of the ways. */
export const program = (kinds: readonly string[]): string =>
  kinds.flatMap((secret, i) => Object.values(WAYS).map((way) => way(secret, i))).join("\n");

/**
 * URLs that hold a secret in each place where one can stand.
 * @param isNamed only where a name says that it is one
 */
export const urlsWith = (secret: string, isNamed: boolean): string[] => {
  const s = encodeURIComponent(secret);
  return [
    `https://svc:${s}@a.tool.dev/x`,
    `https:\\\\svc:${s}@a.tool.dev\\x`,
    `postgres://svc:${s}@db.tool.dev/x`,
    `https://a.tool.dev/x?v=2&api_key=${s}`,
    `https://a.tool.dev/x?v=2;token=${s}`,
    `https://a.tool.dev/x?to=${encodeURIComponent(`https://i.dev/?sig=${s}&n=1`)}`,
    `https://a.tool.dev/x?c=${encodeURIComponent(JSON.stringify({ apiKey: secret }))}`,
    `https://a.tool.dev/x;jsessionid=${s}/y`,
    `https://a.tool.dev/x#access_token=${s}&n=1`,
    ...(isNamed
      ? []
      : [
          `https://a.tool.dev/hooks/T0A1/${s}/in`,
          `https://a.tool.dev/bot1234567:${s}/send`,
          `https://a.tool.dev/x/id:${s}`,
        ]),
  ];
};
