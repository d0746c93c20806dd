/**
 * Modules that Node resolves without the prefix `node:`. A table of our own: results must not depend on the version
 * of Node that runs the analysis. Newer ones (`node:sqlite`, `node:test`) need the prefix, so a bare name means a
 * package.
 */
const BUILTIN = new Set(
  (
    "assert assert/strict async_hooks buffer child_process cluster console constants crypto dgram diagnostics_channel dns " +
    "dns/promises domain events fs fs/promises http http2 https inspector inspector/promises module net os path path/posix " +
    "path/win32 perf_hooks process punycode querystring readline readline/promises repl stream stream/consumers " +
    "stream/promises stream/web string_decoder sys timers timers/promises tls trace_events tty url util util/types v8 vm " +
    "wasi worker_threads zlib"
  ).split(" "),
);

/** `https` and `node:https` are one module; other packages keep their name. */
export function builtinModule(specifier: string): string {
  const bare = specifier.replace(/^node:/, "");
  return BUILTIN.has(bare) ? `node:${bare}#` : `${specifier}#`;
}
