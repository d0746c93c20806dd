// Runs the newest release of each tool that has a prompt, sealed, and says whether its prompt is still answered: answers in
// `signatures/answers/` grow stale as releases ask for more. Fails where one isn't. Names of tools as arguments choose among them.
// Needs a build (`npm run build`), and what sealed runs need.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { loadSignatures } from "../dist/signatures/load.js";

const CLI = fileURLToPath(new URL("../dist/cli.js", import.meta.url));
const ANSWER = /^\s*(?:\S+\s+)?4\.?\s*$/m;
const LAST_WORDS = 160;
const chosen = new Set(process.argv.slice(2));

const { tools } = await loadSignatures();
const folder = mkdtempSync(join(tmpdir(), "answers-check-"));
let unanswered = 0;
try {
  for (const tool of tools) {
    if (tool.runs?.scripts?.prompt === undefined || (chosen.size > 0 && !chosen.has(tool.id))) continue;
    const version = spawnSync("npm", ["view", tool.package, "version"], { encoding: "utf8" }).stdout.trim();
    const spec = `npm:${tool.package}@${version}`;
    const har = join(folder, `${tool.id}.har`);
    const args = [CLI, "capture", spec, "--script", "prompt", "--har", har, "--format", "json", "--quiet"];
    const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8", maxBuffer: 1 << 28 });
    const row = rowOf(stdout, stderr);
    if (!row.answered) unanswered++;
    console.log(`${row.answered ? "answered " : "UNANSWERED"} ${tool.id} ${version}: ${row.words}`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log(unanswered === 0 ? "all prompts are answered" : `${unanswered} not answered`);
process.exitCode = unanswered > 0 ? 1 : 0;

function rowOf(stdout, stderr) {
  if (stdout === "") return { answered: false, words: `no run: ${stderr.trim().slice(0, LAST_WORDS)}` };
  const { exit, requests, output } = JSON.parse(stdout);
  const sent = requests.reduce((sum, { count }) => sum + count, 0);
  const answered = exit.code === 0 && ANSWER.test(output.stdout);
  const said = `${output.stderr}\n${output.stdout}`.trim().replace(/\s+/g, " ").slice(-LAST_WORDS);
  const end = `${sent} requests, exit ${exit.code ?? exit.signal}`;
  return { answered, words: answered ? end : `${end}; last words: ${JSON.stringify(said)}` };
}
