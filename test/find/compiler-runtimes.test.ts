import { describe, expect, test } from "vitest";
import { printTemplate } from "../../extractor/model/template.ts";
import { findIn } from "./find-in.ts";
import { readPrograms } from "./small-programs.ts";

const babel = (name: string): string => `require("@babel/runtime/${name}")`;
const adapted = (name: string): string => `_i(${babel(`helpers/${name}`)})`;
/** What the files of the programs begin with. */
const BEGINNINGS: readonly [string, string][] = [
  ["$I", `var _i = ${babel("helpers/interopRequireDefault")};`],
  ["$C", `var _classCallCheck2 = ${adapted("classCallCheck")}, _createClass2 = ${adapted("createClass")};`],
  ["$A", `var _regenerator = _i(${babel("regenerator")}), _a2g = ${adapted("asyncToGenerator")};`],
];
const PROGRAMS = readPrograms(new URL("./compiler-runtimes.txt", import.meta.url), (code) =>
  BEGINNINGS.reduce((text, [mark, beginning]) => text.replace(mark, beginning), code),
);

const OPT_OUTS = new Set(["early", "around", "newest", "minified", "tsearly"]);

describe("code whose compiler imports its helpers from a package that is not there", () => {
  test.each(PROGRAMS)("$name", ({ name, code }) => {
    const { requests } = findIn(code);
    const sent = requests.flatMap(({ urls }) => urls.map(printTemplate));
    expect(sent).toEqual(["https://a.dev/1"]);
    const gates = requests.flatMap(({ gates }) => gates.map((gate) => `${gate.name} ${gate.effect}`));
    expect(gates).toEqual(OPT_OUTS.has(name) ? ["OFF silences"] : []);
  });
});
