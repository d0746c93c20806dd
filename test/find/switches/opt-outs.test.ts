import { expect, test } from "vitest";
import { findIn } from "../find-in.ts";
import { IMPORTS, readPrograms, sentBy } from "../small-programs.ts";

/** Of these the switch is not seen today. */
const PENDING = [
  ...["throwing", "decorator", "switchedOff"],
  ...["setterField", "allPromises", "rejected", "flagsOfBits"],
];

const urlOf = (i: number): string => `https://t${i}.example.dev/v1`;
/** Ways to heed `OFF=1`: each posts to `$U` unless it is set. */
const PROGRAMS = readPrograms(new URL("./opt-outs.txt", import.meta.url), (code, i) =>
  code.replaceAll("$U", `"${urlOf(i)}"`),
);

test("ways to heed an opt-out: it is a switch of the request that it stops", () => {
  expect(sentBy(PROGRAMS)).toEqual(PROGRAMS.map((_, i) => `POST ${urlOf(i)}`));
  expect(sentBy(PROGRAMS, { OFF: "1" })).toEqual([]);
  const missed = PROGRAMS.filter(({ code }) => {
    const gates = findIn(`${IMPORTS}\n${code}`).requests.flatMap((request) => request.gates);
    return !gates.some(({ name, effect, ways }) => name === "OFF" && effect === "silences" && !ways);
  });
  expect(missed.map(({ name }) => name).sort()).toEqual([...PENDING].sort());
});
