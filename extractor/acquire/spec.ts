import { access } from "node:fs/promises";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { ExtractorError } from "../errors.ts";
import type { Tool } from "../model/signatures/signature.ts";
import { oneLine } from "./one-line.ts";

export type Target = PathTarget | RegistryTarget;

export interface PathTarget {
  kind: "path";
  /** As it was given. */
  spec: string;
  /** Absolute. */
  path: string;
}

export interface RegistryTarget {
  kind: "registry";
  /** As it was given. */
  spec: string;
  name: string;
  /** `@scope`, or null. */
  scope: string | null;
  /** `name@wanted`, for npm. */
  npmSpec: string;
  /** Version, range or tag. */
  wanted: string;
  /** The version, where `wanted` is exactly one. */
  exact: string | null;
}

/**
 * What a spec means. In this order: `npm:` spec, a spelling only a path has, an alias, something that exists, an npm
 * spec.
 * @throws ExtractorError `usage` for what is none of them, `not-found` for a tool that isn't on npm
 */
export async function resolveSpec(spec: string, tools: readonly Tool[]): Promise<Target> {
  const given = spec.trim();
  if (given.startsWith("npm:")) return registryTarget(spec, given.slice("npm:".length));
  if (given.startsWith("file:")) return pathTarget(spec, given.slice("file:".length).replace(/^\/\/(?=\/)/, ""));
  if (/^(\.{1,2}([/\\]|$)|~([/\\]|$)|\/|\\|[a-z]:[/\\])/i.test(given)) return pathTarget(spec, given);
  const aliased = aliasedSpec(given, tools);
  if (aliased !== null) return registryTarget(spec, aliased);
  if (given !== "" && !given.includes("\0") && (await exists(resolve(given)))) return pathTarget(spec, given);
  // Archive names are valid npm names, but nobody means those.
  if (/\.(tgz|tar\.gz|tar)$/i.test(given) && !given.includes("://")) return pathTarget(spec, given);
  // npm takes `a/b` for a repository on GitHub; here it is a path that doesn't exist.
  if (/^[^@:]+\/[^:]*$/.test(given)) return pathTarget(spec, given);
  return registryTarget(spec, given);
}

function pathTarget(spec: string, written: string): PathTarget {
  if (written.includes("\0")) throw invalid(spec, "a path can't hold a NUL");
  return {
    kind: "path",
    spec,
    path: resolve(/^~([/\\]|$)/.test(written) ? join(homedir(), written.slice(1)) : written),
  };
}

/** npm spec of `alias` or `alias@range`; null if no tool goes by that name. */
function aliasedSpec(given: string, tools: readonly Tool[]): string | null {
  const at = given.indexOf("@", 1);
  const alias = at < 0 ? given : given.slice(0, at);
  const tool = tools.find((candidate) => candidate.id === alias || candidate.aliases.includes(alias));
  if (!tool) return null;
  if (tool.package === null) {
    throw new ExtractorError("not-found", `${tool.name} is not published on npm`, {
      hint: oneLine(tool.unavailable ?? "install it and give the path of its files"),
    });
  }
  return at < 0 ? tool.package : tool.package + given.slice(at);
}

async function registryTarget(spec: string, npmSpec: string): Promise<RegistryTarget> {
  const { default: parse } = await import("npm-package-arg");
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse(npmSpec);
  } catch {
    throw invalid(spec, "it is not a valid npm package name, version or tag");
  }
  if (parsed.type === "git" || parsed.type === "remote") {
    throw invalid(spec, "git and URL specs are not fetched, since their build scripts would run");
  }
  if (!parsed.registry || !parsed.name || parsed.type === "alias") {
    throw invalid(spec, "it names no package of a registry");
  }
  const written = parsed.fetchSpec ?? "*";
  // `v1.2.3` and `=1.2.3` are versions to npm.
  const wanted = parsed.type === "version" ? written.replace(/^[v=\s]+/, "") : written;
  return {
    kind: "registry",
    spec,
    name: parsed.name,
    scope: parsed.scope,
    npmSpec: `${parsed.name}@${wanted}`,
    wanted,
    exact: parsed.type === "version" ? wanted : null,
  };
}

function invalid(spec: string, why: string): ExtractorError {
  return new ExtractorError("usage", `cannot use "${oneLine(spec)}": ${why}`, {
    hint: "give a known tool (name or name@version), an npm spec (@scope/name@version), or the path of a .tgz, a folder or a file (./…)",
  });
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
