import { type ErrorCode, ExtractorError } from "../errors.ts";
import { oneLine } from "./one-line.ts";
import type { RegistryTarget } from "./spec.ts";

/** What npm's libraries attach to their errors, as far as we read it. */
interface NpmError extends Error {
  code?: string;
  errno?: string | number;
  type?: string;
  versions?: string[];
  distTags?: Record<string, string>;
}

interface Failure {
  code: ErrorCode;
  message: string;
  hint: string;
}

type Subject = Pick<RegistryTarget, "name" | "wanted" | "npmSpec"> & { registry: string; before: string | null };

const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_(GET|VERIFY)|^ERR_(TLS|SSL)|^EPROTO$/;
const CONNECTION =
  /^(ENOTFOUND|EAI_AGAIN|EAI_FAIL|ECONN\w+|E\w*TIMEDOUT|E\w*TIMEOUT|ENETUNREACH|EHOSTUNREACH|EHOSTDOWN|ENETDOWN|EPIPE|EINVALIDPROXY|EPROXY\w*|ERR_SOCKET\w*|ERR_STREAM_PREMATURE_CLOSE|ERR_HTTP\w*|UND_ERR\w*|HPE_\w+|Z_\w+)$/;

/**
 * A failure of npm's libraries in words for the person at the terminal; what isn't recognised comes back as it is, a
 * defect.
 * @param thrown whatever was thrown
 */
export function npmFailure(thrown: unknown, subject: Subject): unknown {
  if (!(thrown instanceof Error) || thrown instanceof ExtractorError) return thrown;
  const failure = explain(thrown as NpmError, subject);
  if (!failure) return thrown;
  return new ExtractorError(failure.code, oneLine(failure.message), { hint: oneLine(failure.hint), cause: thrown });
}

function explain(error: NpmError, { name, wanted, npmSpec, registry, before }: Subject): Failure | null {
  const at = shownRegistry(registry);
  const shown = wanted === "*" ? name : npmSpec;
  const code = error.code ?? "";
  switch (code) {
    case "E404":
      return {
        code: "not-found",
        message: `there is no package ${name} on ${at}`,
        hint: "check its spelling; the path of a file or folder begins with ./ or /",
      };
    case "ETARGET":
    case "ENOVERSIONS":
      return {
        code: "not-found",
        message: `${name} has no version ${wanted} on ${at}${before === null ? "" : ` from before ${before}`}`,
        hint: versionHint(error, wanted),
      };
    case "ENOTCACHED":
      return {
        code: "offline",
        message: `${shown} is not in the cache, and --offline is set`,
        hint: "run once without --offline, or give the path of a tarball",
      };
    case "EINTEGRITY":
    case "EBADSIZE":
      return {
        code: "integrity",
        message: `${shown} from ${at} is not the file the registry vouches for`,
        hint: "try again; if it stays, a proxy or mirror changes files: compare with https://registry.npmjs.org",
      };
    case "E401":
    case "E403":
    case "ENEEDAUTH":
    case "EOTP":
      return {
        code: "network",
        message: `${at} refused access to ${name} (${code})`,
        hint: "check the token for this registry in .npmrc, with `npm whoami`",
      };
  }
  if (/^E[45]\d\d$/.test(code)) {
    return {
      code: "network",
      message: `${at} answered ${code.slice(1)} when asked for ${name}`,
      hint: "try again later, or set another registry with --registry or in .npmrc",
    };
  }
  if (CERTIFICATE.test(code)) {
    return {
      code: "network",
      message: `the certificate of ${at} is not trusted (${code})`,
      hint: "behind a proxy that inspects traffic, set cafile in .npmrc or NODE_EXTRA_CA_CERTS",
    };
  }
  if (CONNECTION.test(code) || error.type === "request-timeout" || error.type === "body-timeout") {
    return {
      code: "network",
      message: `cannot reach ${at} (${code || error.type})`,
      hint: "check the network and the proxy settings of npm; --offline uses what is in the cache",
    };
  }
  if (error.type?.startsWith("invalid-json") || error instanceof SyntaxError) {
    return {
      code: "network",
      message: `${at} didn't answer as a registry does when asked for ${name}`,
      hint: "a proxy or login page may stand in between; check registry in .npmrc",
    };
  }
  return null;
}

/** Without user name, password and query. */
function shownRegistry(registry: string): string {
  try {
    const url = new URL(registry);
    return (url.host + url.pathname).replace(/\/$/, "");
  } catch {
    return oneLine(registry);
  }
}

function versionHint({ versions = [], distTags = {} }: NpmError, wanted: string): string {
  if (versions.length === 0) return "it has no published versions";
  const number = /\d[\w.+-]*/.exec(wanted)?.[0];
  if (number === undefined) return `its tags: ${Object.keys(distTags).slice(0, 8).join(", ")}`;
  const order = new Intl.Collator("en", { numeric: true });
  const sorted = [...versions].sort(order.compare);
  const after = sorted.findIndex((version) => order.compare(version, number) > 0);
  const middle = after < 0 ? sorted.length : after;
  const near = sorted.slice(Math.max(0, middle - 3), middle + 2);
  const latest = distTags.latest === undefined ? "" : `latest is ${distTags.latest}; `;
  return `${latest}near it: ${near.join(", ")}`;
}
