// Reads vitest's JSON results, names each test that failed, and ends with one line, `12 passed, 0 failed`. A file that
// broke before its first test, and a run that left no result, count as one failure each: what did not run did not pass.
import { readFileSync } from "node:fs";

let passed = 0;
let failed = 0;
for (const path of process.argv.slice(2)) {
  const result = read(path);
  if (result === null) {
    console.log(`no result: ${path}`);
    failed += 1;
    continue;
  }
  const broken = result.testResults.filter(
    ({ status, assertionResults }) => status === "failed" && !assertionResults.some((test) => test.status === "failed"),
  );
  for (const { name, message } of broken) console.log(`broke: ${name}: ${message.split("\n", 1)[0]}`);
  for (const { name, assertionResults } of result.testResults) {
    for (const { status, fullName, failureMessages } of assertionResults) {
      if (status === "failed") console.log(`failed: ${name}: ${fullName}: ${failureMessages[0]?.split("\n", 1)[0]}`);
    }
  }
  const here = result.numFailedTests + broken.length;
  passed += result.numPassedTests;
  failed += here > 0 || result.success ? here : 1;
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;

function read(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return null;
  }
}
