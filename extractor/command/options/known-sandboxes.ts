import { fileNamesIn } from "./known-tools.ts";

/** Who reads an allow-list, for `--format`: the names of the files in signatures/sandboxes, unread. */
export const knownSandboxes: readonly string[] = fileNamesIn("sandboxes/");
