import { dirname, join } from "node:path";
import { ExtractorError } from "../errors.ts";
import { oneLine } from "./one-line.ts";

/** Options for npm's libraries: registries, proxies, certificates and credentials as the person configured them. */
export interface NpmOptions {
  registry: string;
  [key: string]: unknown;
}

const RETRY_KEYS = ["fetch-retries", "fetch-retry-factor", "fetch-retry-mintimeout", "fetch-retry-maxtimeout"];

/** npm waits up to 5 minutes for an answer, and 10 and 60 seconds between attempts; a person at a terminal doesn't. */
const PATIENCE = { retry: { retries: 2, factor: 4, minTimeout: 400, maxTimeout: 2000 }, timeout: 20_000 };

/**
 * npm's configuration for the current folder: its defaults, the global, user and project `.npmrc`, and `npm_config_*`
 * variables. Keys npm doesn't know are passed over without a word.
 * @throws ExtractorError `bad-input` if npm's own reader gives up
 */
export async function loadNpmOptions(overrides: { registry?: string; offline: boolean }): Promise<NpmOptions> {
  const [{ default: Config }, { default: definitions }] = await Promise.all([
    import("@npmcli/config"),
    import("@npmcli/config/lib/definitions/index.js"),
  ]);
  const config = new Config({
    ...definitions,
    npmPath: bundledNpm(),
    // Our own arguments are not npm's, and the reader writes to the environment it is given.
    argv: [process.execPath, "npm"],
    env: { ...process.env },
    cwd: process.cwd(),
    warn: false,
  });
  try {
    await config.load();
  } catch (cause) {
    throw new ExtractorError("bad-input", `cannot read npm's configuration: ${oneLine(String(cause))}`, {
      hint: "see what `npm config list` says",
      cause,
    });
  }
  const configured = config.flat;
  return {
    ...configured,
    registry: overrides.registry ?? String(configured.registry),
    ...(RETRY_KEYS.every((key) => config.isDefault(key)) && { retry: PATIENCE.retry }),
    ...(config.isDefault("fetch-timeout") && { timeout: PATIENCE.timeout }),
    // Rules on what may be installed; we only look.
    before: null,
    offline: overrides.offline,
    preferOnline: false,
    preferOffline: false,
    userAgent: "endpoint-extractor",
  };
}

/** Where Node's installers put npm, whose own `npmrc` may move the global one. */
function bundledNpm(): string {
  const folder = dirname(process.execPath);
  return process.platform === "win32"
    ? join(folder, "node_modules", "npm")
    : join(folder, "..", "lib", "node_modules", "npm");
}

/** The registry that serves a package of this scope. */
export function registryOf(scope: string | null, options: NpmOptions): string {
  const scoped = scope === null ? undefined : options[`${scope}:registry`];
  return (typeof scoped === "string" ? scoped : options.registry).replace(/\/*$/, "/");
}
