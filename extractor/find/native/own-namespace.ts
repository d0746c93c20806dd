import { PLATFORMS } from "../../model/platform.ts";

/** A package is often named after the platform it is for: what follows is no part of the program's name. */
const PLATFORM_WORDS = new Set(PLATFORMS.flatMap((platform) => platform.split("-")));
/** The shared library of another program is not named after the program. */
const LIBRARY = /\.(?:node|so|dylib|dll)$/;

/**
 * The beginning of the dotted names a program gives its own things: `tool.`, `scope.tool.`, `tool_part.`. Words are
 * joined by a dot or an underscore.
 * @param packageName as in its manifest, with or without a scope and a platform
 * @param binary path of the binary in the package
 */
export function ownNamespace(packageName: string, binary: string): RegExp {
  const [scope, name] = packageName.startsWith("@") ? packageName.slice(1).split("/") : ["", packageName];
  const ofScope = wordsOf(scope!);
  const ofPackage = wordsOf(name ?? "");
  const ofBinary = LIBRARY.test(binary) ? [] : wordsOf(binary.slice(binary.lastIndexOf("/") + 1).replace(/\.exe$/, ""));
  // `@tool/cli` and `@tool/linux-x64` are the scope's program.
  const named = ofPackage.length > 0 ? [ofPackage, [...ofScope, ...ofPackage]] : [ofScope];
  const beginnings = [...named, ofBinary].filter((words) => words.length > 0).map((words) => words.join("[._]"));
  return beginnings.length === 0 ? /(?!)/ : new RegExp(`^(?:${beginnings.join("|")})(?:_[a-z0-9_]+)?\\.`);
}

/** Lower-case words up to the platform; the word that only says it is a command is left out at the end. */
function wordsOf(name: string): string[] {
  const words =
    name
      .toLowerCase()
      .replace("x86_64", "x64")
      .match(/[a-z0-9]+/g) ?? [];
  const end = words.findIndex((word) => PLATFORM_WORDS.has(word));
  const own = end < 0 ? words : words.slice(0, end);
  return own.at(-1) === "cli" ? own.slice(0, -1) : own;
}
