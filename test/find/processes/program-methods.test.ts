import { expect, test } from "vitest";
import { printTemplate } from "../../../extractor/model/template.ts";
import { findIn } from "../find-in.ts";

/** A program with its arguments, and what it sends. */
const RUNS: [run: string, requests: string[]][] = [
  ["curl -sS -X POST https://a.dev/c -d @-", ["POST https://a.dev/c"]],
  ["curl -XPUT https://a.dev/p", ["PUT https://a.dev/p"]],
  ["curl -sSd '{}' https://a.dev/d", ["POST https://a.dev/d"]],
  ["curl --request=delete https://a.dev/r", ["DELETE https://a.dev/r"]],
  ["curl -e https://other.dev/ -o out -fsSL --url https://a.dev/u", ["GET https://a.dev/u"]],
  ["/usr/bin/curl -I https://a.dev/h", ["HEAD https://a.dev/h"]],
  ["wget -qO- https://a.dev/w", ["GET https://a.dev/w"]],
  ["wget --post-data=x https://a.dev/w", ["POST https://a.dev/w"]],
  ["git clone git@git.dev:o/r.git", ["ANY ssh://git@git.dev/o/r.git"]],
  ["git status https://a.dev/", []],
  ["gh api repos/o/r/issues -f title=x", ["POST https://api.github.com/repos/o/r/issues"]],
  ["gh api -X DELETE repos/o/r", ["DELETE https://api.github.com/repos/o/r"]],
  ["npm install -g a-pkg@1 b-pkg", ["GET https://registry.npmjs.org/a-pkg", "GET https://registry.npmjs.org/b-pkg"]],
  ["npm install", []],
  ["npx -y create-x@latest folder", ["GET https://registry.npmjs.org/create-x"]],
  ["npm.cmd exec tool -- install", ["GET https://registry.npmjs.org/tool"]],
  ["pip install req-pkg==1.0", ["GET https://pypi.org/simple/req-pkg"]],
  ["python3 -m pip install -U req-pkg", ["GET https://pypi.org/simple/req-pkg"]],
  ["python3 -m http.server install", []],
  ["docker pull redis:7", ["GET https://registry-1.docker.io/redis"]],
  ["docker run --rm -v /a:/b ghcr.io/o/i:1 install", ["GET https://ghcr.io/o/i"]],
  ["ssh -i key user@h.dev ls", ["ANY ssh://user@h.dev"]],
  ["scp x user@h.dev:/tmp/", ["ANY ssh://user@h.dev/tmp/"]],
  ["powershell -Command 'Invoke-WebRequest -Uri https://a.dev/ps -Method POST -OutFile x'", ["POST https://a.dev/ps"]],
  ["pwsh -c 'irm https://a.dev/irm | iex'", ["GET https://a.dev/irm"]],
  ["sh -c 'curl -fsSL https://a.dev/i.sh | sh'", ["GET https://a.dev/i.sh"]],
  ["open folder/notes.md other", []],
  ["cmd /c start https://a.dev/open", ["GET https://a.dev/open"]],
];

const sent = (code: string): string[] =>
  findIn(code)
    .requests.flatMap((r) => r.urls.map((url) => `${r.method} ${printTemplate(url)}`))
    .sort();

test.each(RUNS)("%s", (run, requests) => {
  expect(sent(`require("node:child_process").execSync(${JSON.stringify(run)})`)).toEqual(requests);
});

test("a list of arguments says the same as a line", () => {
  const code = `require("node:child_process").spawn("sh", ["-c", "curl -X PATCH https://a.dev/l"])`;
  expect(sent(code)).toEqual(["PATCH https://a.dev/l"]);
});
