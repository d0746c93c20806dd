import { existsSync } from "node:fs";
import { join } from "node:path";

// Recordings beside the project where it is developed and checked; without them the formats' own tests remain.
const RECORDINGS = join(import.meta.dirname, "../../../shared/captures");

/** Folders of recordings, by name: those that are there. */
export const recordings = [
  "claude-code-2.1.91-print",
  "claude-code-2.1.91-print-DISABLE_TELEMETRY",
  "claude-code-2.1.91-tui",
  "codex-0.120.0-exec-chatgpt",
  "copilot-1.0.24-print",
  "opencode-1.1.53-run-openrouter-config",
  "bystander",
]
  .map((name) => ({ name, folder: join(RECORDINGS, name) }))
  .filter(({ folder }) => existsSync(folder));

/** One recording in each format that it was kept in. */
export const formatsOf = (folder: string): string[] =>
  ["capture.har", "flows.mitm", "rrpairs", "urls.log"]
    .map((file) => join(folder, file))
    .filter((file) => existsSync(file));
