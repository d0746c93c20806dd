import type { Diagnostic } from "../model/diagnostic.ts";
import type { Endpoint } from "../model/report.ts";

/** Files that hold a program, as releases are named. */
const PROGRAM = /\.(?:tar\.(?:gz|xz|bz2|zst)|tgz|txz|zip|gz|xz|br|zst|exe|msi|pkg|dmg|deb|rpm|appimage|wasm|node)$/i;
/** The one that is named first: what most who ask have. */
const USUAL = /linux.*(?:x64|x86_64|amd64)|(?:x64|x86_64|amd64).*linux/i;

/** A package that holds hardly any program: does npm run a script of it when it is installed? */
export interface Wrapper {
  installs: boolean;
}

/**
 * Says of a wrapper which addresses its program comes from; null where it loads none. What that program sends nobody
 * has read.
 */
export function downloadedProgram(endpoints: readonly Endpoint[], wrapper: Wrapper | null): Diagnostic | null {
  if (wrapper === null) return null;
  const from = endpoints.filter(({ method, kind, url, apart }) => {
    const path = url.split(/[?#]/, 1)[0]!;
    return kind === "request" && (method === "GET" || method === "ANY") && PROGRAM.test(path) && apart === undefined;
  });
  const [first] = [...from].sort((a, b) => Number(USUAL.test(b.url)) - Number(USUAL.test(a.url)));
  if (first === undefined) return null;
  const when = wrapper.installs ? "when it is installed" : "when it first runs";
  const others = from.length > 1 ? ` (${from.length} files, one for each platform)` : "";
  const [place] = first.evidence;
  const where = place === undefined ? "" : `, by ${place.file}:${place.line}`;
  const detail = `the program is not in this package and what it sends not in this report: it is downloaded ${when}, from ${first.url}${others}${where}`;
  return { kind: "program-downloaded", count: from.length, detail };
}
