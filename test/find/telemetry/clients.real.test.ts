import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, inject, test } from "vitest";

const run = promisify(execFile);
const recorder = pathToFileURL(join(import.meta.dirname, "../../corpus/recorder.mjs")).href;
/** Milliseconds for one program. */
const TIME_LIMIT = 60_000;

/** A program of our own for each client: it tells of `orbit_started` and `login_done`. */
const CLIENTS: Record<string, { version: string; code: string; to: string; may?: string[] }> = {
  "@segment/analytics-node": {
    version: "3.1.0",
    code: `import { Analytics } from "@segment/analytics-node"; const a = new Analytics({ writeKey: "k0k0k0k0", flushAt: 1 });
      a.track({ userId: "u", event: "orbit_started", properties: { cold: true } });
      a.track({ userId: "u", event: "login_done", properties: { ms: 3 } }); await a.closeAndFlush();`,
    to: "https://api.segment.io/v1/batch",
  },
  "posthog-node": {
    version: "5.70.0",
    code: `import { PostHog } from "posthog-node"; const c = new PostHog("phc_x", { host: "https://eu.i.posthog.com" });
      function track(event, properties) { c.capture({ distinctId: "d", event, properties }); }
      track("orbit_started", { cold: true }); c.capture({ distinctId: "d", event: "login_done", properties: { ms: 3 } }); await c.shutdown();`,
    to: "https://eu.i.posthog.com/batch/",
  },
  "launchdarkly-node-server-sdk": {
    version: "7.0.4",
    code: `import LD from "launchdarkly-node-server-sdk"; const c = LD.init("sdk-x", { stream: false });
      setTimeout(async () => { c.track("orbit_started", { key: "u" }, { cold: true }); c.track("login_done", { key: "u" }); await c.flush().catch(() => {}); process.exit(0); }, 1500);`,
    to: "https://events.launchdarkly.com/bulk",
  },
  "universal-analytics": {
    version: "0.5.3",
    code: `import ua from "universal-analytics"; const v = ua("UA-0000-1"); v.event("cli", "orbit_started").send(); v.event("cli", "login_done").send();`,
    to: "https://www.google-analytics.com/collect",
    // several events at once go to another path, and `https: false` is an option
    may: [
      "https://www.google-analytics.com/batch",
      "http://www.google-analytics.com/collect",
      "http://www.google-analytics.com/batch",
    ],
  },
};

const NAMES = ["login_done", "orbit_started"];
const BANNER = `import { createRequire } from "node:module"; const require = createRequire(import.meta.url);`;

const folder = mkdtempSync(join(tmpdir(), "clients-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeAll(async () => {
  writeFileSync(join(folder, "package.json"), "{}");
  const specs = Object.entries(CLIENTS).map(([name, { version }]) => `${name}@${version}`);
  await run("npm", ["install", "--ignore-scripts", "--no-audit", "--no-fund", ...specs], { cwd: folder });
});

/** Addresses that the program sent events to, without their query, and the names in what it sent. */
async function sentBy(program: string): Promise<{ addresses: string[]; names: string[] }> {
  const output = join(mkdtempSync(join(folder, "run-")), "records");
  const env = { PATH: process.env.PATH, HOME: folder, OBSERVE_OUTPUT: output };
  await run(process.execPath, ["--import", recorder, program], { cwd: folder, timeout: TIME_LIMIT, env });
  const requests = readFileSync(output, "utf8")
    .split("\n")
    .flatMap((line): { url: string; body: string }[] => (line === "" ? [] : [JSON.parse(line)]))
    .filter(({ body = "" }) => NAMES.some((name) => body.includes(name)));
  return {
    addresses: [...new Set(requests.map(({ url }) => url.replace(/\?.*/, "")))],
    names: NAMES.filter((name) => requests.some(({ body }) => body.includes(name))),
  };
}

const withoutSlash = (url: string): string => url.replace(/\/$/, "");

test.each(Object.entries(CLIENTS))(
  "%s, bundled and minified: what is predicted is sent",
  async (name, { code, to, may = [] }) => {
    const source = join(folder, `${name.replace(/\W/g, "-")}.mjs`);
    const program = source.replace(".mjs", ".min.mjs");
    writeFileSync(source, code);
    await build({
      entryPoints: [source],
      outfile: program,
      bundle: true,
      minify: true,
      format: "esm",
      platform: "node",
      banner: { js: BANNER },
      logLevel: "silent",
    });
    const sent = await sentBy(program);
    expect(sent).toEqual({ addresses: [to], names: NAMES });
    const { stdout } = await run(process.execPath, [inject("cli"), program, "-f", "json", "-q", "--no-cache"], {
      maxBuffer: 1e8,
    });
    const { endpoints, events } = JSON.parse(stdout) as {
      endpoints: { id: string; url: string }[];
      events: { name: string; pipelines: string[] }[];
    };
    for (const event of NAMES) {
      const pipelines = events.filter((e) => e.name === event).flatMap((e) => e.pipelines);
      const urls = pipelines.map((id) => withoutSlash(endpoints.find((e) => e.id === id)!.url));
      expect(new Set(urls)).toEqual(new Set([to, ...may].map(withoutSlash)));
    }
  },
);
