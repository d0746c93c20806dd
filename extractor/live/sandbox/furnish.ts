import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { ExtractorError } from "../../errors.ts";

const README = "# tinyrepo\n\nA small project.\n";
const ORIGIN = "https://github.com/labuser/tinyrepo.git";
const IDENTITY = "[user]\n\tname = Lab User\n\temail = labuser@example.com\n";

/** Home and project of a run: files as the tool expects them, and a repository with one commit and an origin. */
export function furnish(
  folder: string,
  files: Readonly<Record<string, string>>,
  environment: NodeJS.ProcessEnv,
): { home: string; project: string; notes: string[] } {
  const home = join(folder, "dev");
  const project = join(home, "tinyrepo");
  mkdirSync(project, { recursive: true });
  writeFileSync(join(home, ".gitconfig"), IDENTITY);
  writeFileSync(join(project, "README.md"), README);
  for (const [path, text] of Object.entries(files)) {
    const place = normalize(join(home, path));
    if (!place.startsWith(`${home}/`)) {
      throw new ExtractorError("bad-signature", `a file of a run lies outside the home folder: ${path}`, {
        hint: "give paths below the home folder",
      });
    }
    mkdirSync(dirname(place), { recursive: true });
    writeFileSync(place, text, { mode: 0o600 });
  }
  const git = (...args: string[]) =>
    spawnSync("git", args, { cwd: project, env: { ...environment, HOME: home }, stdio: "ignore" }).status === 0;
  const made =
    git("init", "-q", "-b", "main") &&
    git("remote", "add", "origin", ORIGIN) &&
    git("add", ".") &&
    git("commit", "-q", "-m", "First");
  return { home, project, notes: made ? [] : ["git is missing: the project is a plain folder"] };
}
