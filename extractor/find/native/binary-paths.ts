import type { BinaryString } from "../../model/binary-string.ts";

/** First literal of a path: letters and digits in segments, and a query. Hidden folders are paths of a file system. */
const PATH = /^\/[a-z0-9_~-]+(?:[/?._~=&%a-z0-9-]*)$/i;
export const PATH_REST = /^[/?&=._~%:,@+a-z0-9-]*$/i;
const FILE_END = /\.(?:rs|toml|lock|sh|exe|dll|so|dylib|log|sock|pid|tmp|txt|md|db|sqlite|ya?ml|zip|tar|gz)$/i;
const FILE_SYSTEM =
  /^\/(?:bin|boot|build|cargo|dev|etc|home|lib(?:32|64)?|media|mnt|new_?root|nix|old_?root|opt|private|proc|root|run|rustc?|sbin|snap|srv|src|sys|tmp|usr|var|Applications|Library|Network|System|Users|Volumes)(?:\/|$)/;
const WITH_QUERY = /^\/[^?]+\?[a-z][\w-]*=/i;
/** `/package.Service/Method`, as gRPC names its methods. */
const RPC_METHOD = /^\/[a-z]\w*(?:\.[A-Za-z]\w*)+\/[A-Z]\w*$/;

/** A path in front of which nothing but a base is missing: neither a file nor a pattern. */
export function isUrlPath(pieces: BinaryString["pieces"]): boolean {
  const literals = pieces.filter((piece): piece is string => piece !== null);
  const [first] = pieces;
  const last = pieces.at(-1);
  return (
    typeof first === "string" &&
    PATH.test(first) &&
    literals.every((piece) => PATH_REST.test(piece) && !piece.includes("/.")) &&
    !(typeof last === "string" && FILE_END.test(last))
  );
}

/** A program with the template `{}{}` can put a base in front of a path. */
export const joinsPaths = (strings: readonly BinaryString[]): boolean =>
  strings.some(({ pieces }) => pieces.length === 2 && pieces[0] === null && pieces[1] === null);

/** One text that is a path of a URL: two segments at least, for one is as often a command or a route. */
export const isRootedPath = ({ pieces }: BinaryString): boolean =>
  pieces.length === 1 && isUrlPath(pieces) && /^\/[^/]+\/./.test(pieces[0]!) && !FILE_SYSTEM.test(pieces[0]!);

/**
 * How a path without a base is requested: `rpc` by its form, `path` where it has parts put in or a query, which a
 * command, a route or a key hasn't, and where it is known. Null for everything else.
 */
export function rootedPath(string: BinaryString, isKnown: (path: string) => boolean): "rpc" | "path" | null {
  const { pieces, confidence, layer } = string;
  const [first] = pieces;
  if (typeof first !== "string" || confidence !== "exact" || layer === "terminated") return null;
  if (pieces.length === 1 && RPC_METHOD.test(first)) return "rpc";
  if (!isUrlPath(pieces) || FILE_SYSTEM.test(first)) return null;
  if (pieces.length > 1 || WITH_QUERY.test(first)) return "path";
  return isRootedPath(string) && isKnown(first) ? "path" : null;
}
