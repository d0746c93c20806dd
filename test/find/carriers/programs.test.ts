import { expect, test } from "vitest";
import { printTemplate } from "../../../extractor/model/template.ts";
import { findIn } from "../find-in.ts";
import { IMPORTS, readPrograms, sentBy } from "../small-programs.ts";

/** Of these nothing is found, or not the host, or a method or a path that they never send. */
const PENDING = ["koa", "observable", "hookFn", "di", "generatorSaga", "verbs", "verbsClass"];

/** How command lines and their clients are built. */
const PROGRAMS = readPrograms(new URL("./programs.txt", import.meta.url), (code, i) =>
  code.replaceAll("$H", `"https://h${i}.t${i}.dev"`).replaceAll("$P", `"/p${i}/x"`),
);

const withoutQuery = (request: string): string => request.replace(/\?.*/, "");

test("programs of many builds: what each sends when it runs is what is found", () => {
  const sent = sentBy(PROGRAMS).map(withoutQuery);
  expect(sent).toHaveLength(PROGRAMS.length);
  const missed = PROGRAMS.filter(({ code }, i) => {
    const found = findIn(`${IMPORTS}\n${code}`).requests.map(
      ({ method, urls }) => `${method} ${withoutQuery(printTemplate(urls[0]!))}`,
    );
    return !found.includes(sent[i]!) || found.some((request) => request !== sent[i]);
  });
  expect(missed.map(({ name }) => name).sort()).toEqual([...PENDING].sort());
});
