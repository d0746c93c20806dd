import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Explanation, Step } from "../extractor/model/explanation.ts";
import { explain, extract } from "../extractor/pipeline.ts";
import { runCli } from "./run-cli.ts";

const CONFIG = `export function config() {
  switch (channel()) {
    case "local": return { base: "http://localhost:9" };
    case "prod": return { base: "https://api.orbitcli.dev", live: "https://live.orbitcli.dev" };
  }
}
function channel() { return "prod"; }
export const VERSION = "v1";
`;
const MAIN = `import { config, VERSION } from "./config.js";
class Client {
  constructor(base) { this.base = base; }
  send(method, path) { return fetch(\`\${this.base}/\${VERSION}\${path}\`, { method }); }
  user(id) { return this.send("POST", \`/users/\${id}\`); }
}
const client = new Client(config().base);
client.user(process.argv[2]);
client.send("PUT", "/state");
new WebSocket(config().live.replace("https://", "wss://") + "/sock");
fetch("https://logs.orbitcli.dev/v1/logs?dd-api-key=" + KEY);
`;
const KEY = 'const KEY = "pub0123456789abcdef0123456789abcdef";\n';

const options = { sourceMaps: true, reveal: false, cache: { cache: false, offline: true }, limits: {} };
const schema = JSON.parse(
  await readFile(new URL("../reports/schema/explanation.schema.json", import.meta.url), "utf8"),
);
const fits = new Ajv2020({ allErrors: true }).compile(schema);

let folder = "";
let loose = "";
let bundled = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "endpoint-extractor-explain-"));
  loose = join(folder, "loose");
  bundled = join(folder, "bundled");
  for (const each of [loose, bundled]) await mkdir(each);
  await writeFile(join(loose, "package.json"), JSON.stringify({ name: "loose", version: "1.0.0", type: "module" }));
  await writeFile(join(loose, "config.js"), CONFIG);
  await writeFile(join(loose, "main.js"), MAIN + KEY);
  await build({
    entryPoints: [join(loose, "main.js")],
    outfile: join(bundled, "cli.js"),
    bundle: true,
    minify: true,
    platform: "node",
    format: "esm",
    sourcemap: true,
  });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const all = (steps: readonly Step[]): Step[] => steps.flatMap((step) => [step, ...all(step.from)]);
const literals = (steps: readonly Step[]): Record<string, string> =>
  Object.fromEntries(
    all(steps)
      .filter(({ what }) => what.endsWith("literal"))
      .map(({ value, place }) => [value, `${place.file}:${place.line}`]),
  );

async function explained(wanted: string, from = loose): Promise<Explanation> {
  const explanation = await explain(from, wanted, options);
  expect(fits(explanation), JSON.stringify(fits.errors)).toBe(true);
  return explanation;
}

describe("the derivation of a URL", () => {
  test("leads through files, callers, fields and methods to the literals", async () => {
    const { derivations } = await explained("/users/");
    expect(derivations).toHaveLength(1);
    const [{ sink, place, callers, url, method }] = derivations as [Explanation["derivations"][0]];
    expect([sink, place.line, callers.map(({ line }) => line)]).toEqual(["fetch", 4, [5, 8]]);
    expect(url[0]).toMatchObject({ what: "put together", place: { file: "main.js", line: 4, column: 37 } });
    expect(literals(url)).toEqual({
      "https://api.orbitcli.dev": "config.js:4",
      "/": "main.js:4",
      v1: "config.js:8",
      "/users/": "main.js:5",
    });
    expect(all(url).map(({ what }) => what)).toContain("result of config()");
    expect(all(url).find(({ value }) => value === "{argument}")).toMatchObject({ place: { line: 8 } });
    expect(literals(method)).toEqual({ POST: "main.js:5" });
  });

  test("shows what a call made its result of", async () => {
    const { derivations } = await explained("/sock");
    expect(Object.keys(literals(derivations[0]!.url))).toEqual([
      "https://live.orbitcli.dev",
      "https://",
      "wss://",
      "/sock",
    ]);
  });

  test("leaves out what belongs to the other endpoints of the same call", async () => {
    const { derivations } = await explained("/state");
    expect(derivations.map(({ callers }) => callers.map(({ line }) => line))).toEqual([[9]]);
  });

  test("names places in the original source, where a map knows them", async () => {
    const { derivations } = await explained("/users/", bundled);
    const base = all(derivations[0]!.url).find(
      ({ what, value }) => what.endsWith("literal") && value.startsWith("https"),
    );
    expect(base!.place).toMatchObject({ file: "cli.js", source: { file: "loose/config.js", line: 4 } });
  });

  test("names the function and class around each step, as the original sources call them", async () => {
    for (const from of [loose, bundled]) {
      const [{ place, callers, url }] = (await explained("/users/", from)).derivations as [
        Explanation["derivations"][0],
      ];
      expect(place.within).toEqual({ name: "Client.send" });
      expect(callers.map(({ within }) => within?.name)).toEqual(["Client.user", undefined]);
      const base = all(url).find(({ what, value }) => what.endsWith("literal") && value.startsWith("https"));
      expect(base!.place.within).toEqual({ name: "config" });
    }
  });

  test("hides the values of keys", async () => {
    const explanation = await explained("/v1/logs");
    expect(explanation.derivations).toHaveLength(1);
    expect(JSON.stringify(explanation)).not.toContain("pub0123456789abcdef");
  });

  test("is the same whether the endpoint is named by id or by URL, and every endpoint has one", async () => {
    const { endpoints } = await extract(loose, options);
    expect(endpoints.length).toBe(4);
    for (const { id, method, url } of endpoints) {
      const byId = await explained(id);
      expect(byId.derivations.length, url).toBeGreaterThan(0);
      expect(byId.others).toEqual([]);
      expect(await explained(`${method} ${url}`)).toEqual(byId);
    }
  });
});

describe("extract explain", () => {
  test("text: value, step and place per line", async () => {
    const { code, stdout } = await runCli(["explain", loose, "/users/", "--no-cache"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^POST https:\/\/api\.orbitcli\.dev\/v1\/users\/\{argument\} {2}[0-9a-f]{8}$/m);
    expect(stdout).toMatch(/^ +https:\/\/api\.orbitcli\.dev {2}literal, in config, config\.js:4:33$/m);
    expect(stdout).toMatch(/^ {2}called in Client\.user, main\.js:5:21$/m);
  });

  test.each([
    ["an unknown endpoint", "nothing-like-it", /no endpoint has the id or the URL part nothing-like-it/, /--all lists/],
    ["a part that several have", "orbitcli", /4 endpoints have orbitcli/, /give an id: [0-9a-f]{8} /],
  ])("%s is refused with a hint", async (_what, wanted, message, hint) => {
    const { code, stdout, stderr } = await runCli(["explain", loose, wanted, "--no-cache", "-q"]);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(message);
    expect(stderr).toMatch(hint);
  });

  test("a report is no package", async () => {
    const path = join(folder, "report.json");
    await writeFile(path, JSON.stringify(await extract(loose, options)));
    const { code, stderr } = await runCli(["explain", path, "/users/"]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/is a report: the steps are in the package\nhint: give the package/);
  });
});
