import { expect, test } from "vitest";
import { findIn } from "./find-in.ts";

const READER = `
  const cache = JSON.parse(require("fs").readFileSync("flags.json", "utf8"));
  function getFeatureValue(name, fallback) { const v = cache[name]; return v === undefined ? fallback : v }
  if (getFeatureValue("ship_on", true)) console.log("on");
  function dynamicConfig(name, fallback) { return getFeatureValue(name, fallback) }
`;

/** URLs of the only request, flags as `<name>`. */
function urls(text: string): string[] {
  return findIn(READER + text).requests.flatMap((r) =>
    r.urls.map((u) => u.map((p) => (typeof p === "string" ? p : p.kind === "flag" ? `<${p.name}>` : "{}")).join("")),
  );
}

test.each([
  [
    "what a server sets, beside what the program falls back to",
    `const a = getFeatureValue("ship_base", "https://x.dev"); fetch(a + "/batch");`,
    ["<ship_base>/batch", "https://x.dev/batch"],
  ],
  [
    "a member of a flag is named after the flag",
    `const c = getFeatureValue("ship_config", {}); fetch("https://x.dev" + (c.path ?? "/batch"));`,
    ["https://x.dev/batch", "https://x.dev<ship_config>"],
  ],
  [
    "through a reader that asks a reader",
    `const c = dynamicConfig("ship_config", {}); fetch(c.url || "https://x.dev/batch");`,
    ["<ship_config>", "https://x.dev/batch"],
  ],
])("%s", (_name, text, expected) => {
  expect(urls(text).sort()).toEqual(expected);
});
