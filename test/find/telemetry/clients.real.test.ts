import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import ncc from "@vercel/ncc";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, inject, test } from "vitest";

const run = promisify(execFile);
const recorder = pathToFileURL(join(import.meta.dirname, "../../corpus/recorder.mjs")).href;
/** Milliseconds for one program. */
const TIME_LIMIT = 60_000;

/**
 * A program of our own for each client: it tells of `orbit_started` and `login_done`. Services that have no client
 * for Node, without a version, are told by hand, in the form that they want.
 */
const CLIENTS: Record<
  string,
  { version: string | null; code: string; to: string; also?: string[]; may?: string[]; runsNotBy?: string }
> = {
  "@segment/analytics-node": {
    version: "3.1.0",
    code: `import { Analytics } from "@segment/analytics-node";
      const a = new Analytics({ writeKey: "k0k0k0k0", flushAt: 1 });
      a.track({ userId: "u", event: "orbit_started", properties: { cold: true } });
      a.track({ userId: "u", event: "login_done", properties: { ms: 3 } }); await a.closeAndFlush();`,
    to: "https://api.segment.io/v1/batch",
  },
  "posthog-node": {
    version: "5.70.0",
    code: `import { PostHog } from "posthog-node"; const c = new PostHog("phc_x", { host: "https://eu.i.posthog.com" });
      function track(event, properties) { c.capture({ distinctId: "d", event, properties }); }
      track("orbit_started", { cold: true });
      c.capture({ distinctId: "d", event: "login_done", properties: { ms: 3 } }); await c.shutdown();`,
    to: "https://eu.i.posthog.com/batch/",
    // with POSTHOG_CAPTURE_MODE=v1
    may: ["https://eu.i.posthog.com/i/v1/analytics/events"],
  },
  "launchdarkly-node-server-sdk": {
    version: "7.0.4",
    code: `import LD from "launchdarkly-node-server-sdk"; const c = LD.init("sdk-x", { stream: false });
      setTimeout(async () => { c.track("orbit_started", { key: "u" }, { cold: true });
      c.track("login_done", { key: "u" }); await c.flush().catch(() => {}); process.exit(0); }, 1500);`,
    to: "https://events.launchdarkly.com/bulk",
  },
  "universal-analytics": {
    version: "0.5.3",
    code: `import ua from "universal-analytics"; const v = ua("UA-0000-1");
      v.event("cli", "orbit_started").send(); v.event("cli", "login_done").send();`,
    to: "https://www.google-analytics.com/collect",
    // several events at once go to another path, and `https: false` is an option
    also: [
      "https://www.google-analytics.com/batch",
      "http://www.google-analytics.com/collect",
      "http://www.google-analytics.com/batch",
    ],
  },
  "@analytics-debugger/ga4mp": {
    version: "0.0.8",
    code: `import ga4mp from "@analytics-debugger/ga4mp"; const g = ga4mp(["G-ABC123"], { client_id: "1.2" });
      g.trackEvent("orbit_started", { cold: "y" }); g.trackEvent("login_done", { ms: 3 });
      setTimeout(() => process.exit(0), 6000);`,
    to: "https://www.google-analytics.com/g/collect",
    // it asks for `require` with eval
    runsNotBy: "ncc",
  },
  "@snowplow/node-tracker": {
    version: "4.8.0",
    code: `import { newTracker, buildStructEvent } from "@snowplow/node-tracker";
      const t = newTracker({ namespace: "o", appId: "orbit", encodeBase64: false }, { endpoint: "https://collector.orbit.dev", bufferSize: 1 });
      t.track(buildStructEvent({ category: "cli", action: "orbit_started" }));
      t.track(buildStructEvent({ category: "cli", action: "login_done", value: 3 })); t.flush();`,
    to: "https://collector.orbit.dev/com.snowplowanalytics.snowplow/tp2",
  },
  "@amplitude/analytics-node": {
    version: "1.5.73",
    code: `import { createInstance } from "@amplitude/analytics-node"; const a = createInstance();
      await a.init("k", { flushQueueSize: 1 }).promise;
      a.track("orbit_started", { cold: true }, { user_id: "some-user" });
      a.track("login_done", { ms: 3 }, { user_id: "some-user" }); await a.flush().promise;`,
    to: "https://api2.amplitude.com/2/httpapi",
  },
  // https://developers.google.com/analytics/devguides/collection/protocol/ga4
  "GA4 by hand": {
    version: null,
    code: `const send = (name, params) => fetch("https://www.google-analytics.com/mp/collect?measurement_id=G-ABC&api_secret=" + process.env.S,
        { method: "POST", body: JSON.stringify({ client_id: "c", events: [{ name, params }] }) });
      await send("orbit_started", { cold: true }); await send("login_done", { ms: 3 });`,
    to: "https://www.google-analytics.com/mp/collect",
  },
  // a list of events, each written to JSON by itself, fields by number
  "Clearcut by hand": {
    version: null,
    code: `class Log { kept = [];
      make(name, data = []) { return { application: 9, event_name: name, event_metadata: [[...data, { own_key: 1, value: "1.0" }]] }; }
        put(e) { this.kept.push([{ event_time_ms: Date.now(), source_extension_json: JSON.stringify(e) }]); }
        flush() { return fetch("https://play.googleapis.com/log?format=json", { method: "POST", body: JSON.stringify([{ log_source_name: "ORBIT", log_event: this.kept }]) }); } }
      const log = new Log(); log.put(log.make("orbit_started", [{ own_key: 14, value: "x" }]));
      log.put(log.make("login_done")); await log.flush();`,
    to: "https://play.googleapis.com/log",
  },
  // https://www.alibabacloud.com/help/en/arms/user-monitoring/
  "Aliyun RUM by hand": {
    version: null,
    code: `class Rum { queue = [];
      log(name, properties) { this.queue.push({ timestamp: Date.now(), event_type: "action", type: "user", name, properties }); }
        flush() { const events = this.queue.splice(0);
          return fetch("https://x1-default-sea.rum.aliyuncs.com", { method: "POST", body: JSON.stringify({ app: { id: "a" }, session: { id: "s" }, view: { id: "v" }, events }) }); } }
      const rum = new Rum(); rum.log("orbit_started", { cold: true }); rum.log("login_done", { ms: 3 });
      await rum.flush();`,
    to: "https://x1-default-sea.rum.aliyuncs.com/",
  },
};

const NAMES = ["login_done", "orbit_started"];
const BANNER = `import { createRequire } from "node:module"; const require = createRequire(import.meta.url);`;

const folder = mkdtempSync(join(tmpdir(), "clients-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeAll(async () => {
  writeFileSync(join(folder, "package.json"), "{}");
  const specs = Object.entries(CLIENTS).flatMap(([name, { version }]) =>
    version === null ? [] : [`${name}@${version}`],
  );
  await run("npm", ["install", "--ignore-scripts", "--no-audit", "--no-fund", ...specs], { cwd: folder });
});

/** Addresses that the program sent events to, without their query, and the names in body or query. */
async function sentBy(program: string): Promise<{ addresses: string[]; names: string[] }> {
  const output = join(mkdtempSync(join(folder, "run-")), "records");
  const env = { PATH: process.env.PATH, HOME: folder, OBSERVE_OUTPUT: output };
  await run(process.execPath, ["--import", recorder, program], { cwd: folder, timeout: TIME_LIMIT, env });
  const requests = readFileSync(output, "utf8")
    .split("\n")
    .flatMap((line): { url: string; body: string }[] => (line === "" ? [] : [JSON.parse(line)]))
    .filter(({ body = "", url = "" }) => NAMES.some((name) => body.includes(name) || url.includes(name)));
  return {
    addresses: [...new Set(requests.map(({ url }) => url.replace(/\?.*/, "")))],
    names: NAMES.filter((name) => requests.some(({ body, url }) => body.includes(name) || url.includes(name))),
  };
}

const withoutSlash = (url: string): string => url.replace(/\/$/, "");

/** What bundlers make of a program, each in a file of its own beside it. */
const BUNDLERS: Record<string, (source: string, program: string) => Promise<unknown>> = {
  esbuild: (source, program) => bundled(source, program, false),
  "esbuild, minified": (source, program) => bundled(source, program, true),
  ncc: async (source, program) => {
    const { code } = await ncc(source, { quiet: true, cache: false, minify: false });
    writeFileSync(program, code);
  },
};

const bundled = (source: string, program: string, minify: boolean) =>
  build({
    entryPoints: [source],
    outfile: program,
    bundle: true,
    minify,
    format: "esm",
    platform: "node",
    banner: { js: BANNER },
    logLevel: "silent",
  });

const ROWS = Object.entries(CLIENTS).flatMap(([name, { runsNotBy }]) =>
  Object.keys(BUNDLERS).flatMap((bundler) => (bundler === runsNotBy ? [] : [[name, bundler] as const])),
);

test.each(ROWS)("%s by %s: what is predicted is sent", async (name, bundler) => {
  const { code, to, also = [], may = [] } = CLIENTS[name]!;
  const source = join(folder, `${name}.mjs`.replace(/[^\w.]/g, "-"));
  const program = join(folder, `${name}.${bundler}.mjs`.replace(/[^\w.]/g, "-"));
  writeFileSync(source, code);
  await BUNDLERS[bundler]!(source, program);
  expect(await sentBy(program)).toEqual({ addresses: [to], names: NAMES });
  const { stdout } = await run(process.execPath, [inject("cli"), program, "-f", "json", "-q", "--no-cache"], {
    maxBuffer: 1e8,
  });
  const { endpoints, events } = JSON.parse(stdout) as {
    endpoints: { id: string; url: string }[];
    events: { name: string; pipelines: string[] }[];
  };
  for (const event of NAMES) {
    const pipelines = events.filter((e) => e.name === event).flatMap((e) => e.pipelines);
    const urls = pipelines.map((id) => withoutSlash(endpoints.find((e) => e.id === id)!.url.replace(/\?.*/, "")));
    // where a variable would send them is said of some
    const always = urls.filter((url) => !may.includes(url));
    expect(new Set(always)).toEqual(new Set([to, ...also].map(withoutSlash)));
  }
});
