import { gzipSync } from "node:zlib";
import { LoopbackRegistry } from "../acquire/loopback-registry.ts";
import { rawTar } from "../container/archives/raw-tar.ts";

/** A program of ours that asks these URLs, reads these variables, and reports these events. */
export interface FixtureProgram {
  urls?: readonly string[];
  variables?: readonly string[];
  events?: readonly string[];
}

const TRACK = `function track(name) {
  fetch("https://events.example.com/log", { method: "POST", body: JSON.stringify({ event: name }) });
}`;

/** A registry on this machine with releases of our own. */
export class FixtureReleases {
  readonly registry: LoopbackRegistry;

  private constructor(registry: LoopbackRegistry) {
    this.registry = registry;
  }

  static async start(): Promise<FixtureReleases> {
    return new FixtureReleases(await LoopbackRegistry.start());
  }

  stop(): Promise<void> {
    return this.registry.stop();
  }

  /** Options that let a verb read from here, and keep nothing. */
  get supply(): string[] {
    return ["--registry", this.registry.url, "--no-cache"];
  }

  publish(name: string, version: string, program: FixtureProgram): void {
    const { urls = [], variables = [], events = [] } = program;
    const body = [
      ...urls.map((url) => `fetch(${JSON.stringify(url)});`),
      ...variables.map((variable) => `if (process.env.${variable}) fetch("https://switched.example.com/${variable}");`),
      events.length === 0 ? "" : TRACK,
      ...events.map((event) => `track(${JSON.stringify(event)});`),
    ].join("\n");
    this.put(name, version, [
      { name: "package/package.json", body: JSON.stringify({ name, version }) },
      { name: "package/cli.js", body },
    ]);
  }

  put(name: string, version: string, entries: Parameters<typeof rawTar>[0]): void {
    const [, major = "0", minor = "0"] = /^(\d+)\.(\d+)/.exec(version) ?? [];
    const published = new Date(Date.UTC(2025, Number(major), 1 + Number(minor))).toISOString();
    const versions = this.registry.packages.get(name) ?? {};
    this.registry.packages.set(name, { ...versions, [version]: { tarball: gzipSync(rawTar(entries)), published } });
  }
}
