import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { ExtractorError } from "../../errors.ts";

const README = "# tinyrepo\n\nA small project.\n";
const ORIGIN = "https://github.com/labuser/tinyrepo.git";
const IDENTITY = "[user]\n\tname = Lab User\n\temail = labuser@example.com\n";

/** Below the home folder. */
export const PROJECT = "tinyrepo";
/** What makes the project a repository with one commit and an origin. */
export const REPOSITORY_STEPS = [
  ["init", "-q", "-b", "main"],
  ["remote", "add", "origin", ORIGIN],
  ["add", "."],
  ["commit", "-q", "-m", "First"],
];
export const NO_GIT = "git is missing: the project is a plain folder";

/**
 * Writes the home of a run and the project in it: files as the tool expects them.
 * @throws ExtractorError `bad-signature` where a file lies outside
 */
export function furnishHome(home: string, files: Readonly<Record<string, string>>): void {
  mkdirSync(join(home, PROJECT), { recursive: true });
  writeFileSync(join(home, ".gitconfig"), IDENTITY);
  writeFileSync(join(home, PROJECT, "README.md"), README);
  for (const [path, text] of Object.entries(files)) {
    const place = normalize(join(home, path));
    if (!place.startsWith(`${home}/`)) {
      throw new ExtractorError("bad-signature", `a file of a run lies outside the home folder: ${path}`, {
        hint: "give paths below the home folder",
      });
    }
    mkdirSync(dirname(place), { recursive: true });
    writeFileSync(place, text);
  }
}

/** Home and project of a run that is not sealed, for its owner alone. */
export function furnish(
  folder: string,
  files: Readonly<Record<string, string>>,
  environment: NodeJS.ProcessEnv,
): { home: string; project: string; notes: string[] } {
  const home = join(folder, "dev");
  const project = join(home, PROJECT);
  furnishHome(home, files);
  const git = (args: string[]) =>
    spawnSync("git", args, { cwd: project, env: { ...environment, HOME: home }, stdio: "ignore" }).status === 0;
  return { home, project, notes: REPOSITORY_STEPS.every(git) ? [] : [NO_GIT] };
}
