import { Command, CommanderError } from "commander";
import { describe, expect, test } from "vitest";
import { withNearVerb } from "../../extractor/command/near-verb.ts";
import { didYouMean } from "../../extractor/command/options/did-you-mean.ts";
import { formatAsked } from "../../extractor/command/options/implied-format.ts";
import { withSettings } from "../../extractor/command/options/settings-asked.ts";
import { ExtractorError } from "../../extractor/errors.ts";
import { endpoint, event, report } from "../render/report-fixture.ts";

describe("a word that may be a slip", () => {
  test.each([
    ["dif", "did you mean diff?"],
    ["chekc", "did you mean check?"],
    ["Gates", "did you mean gates?"],
    ["diff", null],
    ["react", null],
    ["di", null],
  ])("%s", (word, said) => expect(didYouMean(word, ["diff", "check", "gates"])).toBe(said));
});

describe("an error that a mistyped first word explains", () => {
  const missing = new ExtractorError("not-found", "npm has no package claud-code", { hint: "check the name" });
  const hintOf = (error: unknown) => (error as ExtractorError).hint;

  test("hints at the tool, with the version that was asked for", () => {
    expect(hintOf(withNearVerb(missing, ["claud-code@2.1.91"], ["diff"]))).toBe("did you mean claude-code@2.1.91?");
  });

  test("hints at the verb where there were too many words", () => {
    const many = new CommanderError(1, "commander.excessArguments", "error: too many arguments");
    expect(hintOf(withNearVerb(many, ["dif", "a", "b"], ["diff"]))).toBe("did you mean diff?");
  });

  test("keeps its own hint where no word is near, or another thing was wrong", () => {
    expect(withNearVerb(missing, ["left-pad"], ["diff"])).toBe(missing);
    const other = new ExtractorError("network", "no answer");
    expect(withNearVerb(other, ["claud-code"], ["diff"])).toBe(other);
  });
});

describe("the format", () => {
  const asked = (...words: string[]) => {
    const command = new Command().option("-f, --format <name>", "", "text").option("-o, --output <file>");
    command.parse(words, { from: "user" });
    return formatAsked(command, command.opts(), ["text", "json", "markdown", "csv"]);
  };

  test.each([
    [[], "text"],
    [["-o", "x.json"], "json"],
    [["-o", "a/b.MD"], "markdown"],
    [["-o", "x.csv"], "csv"],
    [["-o", "x.sarif"], "text"],
    [["-o", "x"], "text"],
    [["-o", "x.json", "-f", "text"], "text"],
  ])("%j", (words, format) => expect(asked(...words)).toBe(format));
});

describe("switches that were set", () => {
  const read = report({
    endpoints: [
      endpoint({ id: "a", url: "https://a.example/", gates: [{ kind: "env", name: "QUIET", effect: "silences" }] }),
      endpoint({ id: "b", url: "https://b.example/" }),
    ],
    events: [event("start", { pipelines: ["a"] }), event("stop", { pipelines: ["a"] })],
    environment: [{ name: "DEBUG_LEVEL", influences: [], evidence: [] }],
  });
  const env = (name: string) => withSettings(read, { env: new Map([[name, "1"]]) });

  test("say how much they change", () => {
    const { report: left, remarks } = env("QUIET");
    expect(remarks).toEqual(["--env QUIET: 1 endpoint and 2 events fewer"]);
    expect(left.stats).toMatchObject({ endpoints: 1, hosts: 1, events: 0 });
  });

  test("say that they change nothing", () => {
    expect(env("DEBUG_LEVEL").remarks).toEqual(["--env DEBUG_LEVEL: nothing stops by it"]);
  });

  test("warn of a name that the program was not seen to read", () => {
    expect(env("QUIT").remarks).toEqual([
      "--env QUIT: nothing stops by it",
      "warning: the program was not seen to read QUIT; did you mean QUIET?",
    ]);
  });

  test("never print a value", () => {
    const { remarks } = withSettings(read, { env: new Map([["QUIET", "s3cret"]]) });
    expect(remarks.join()).not.toContain("s3cret");
  });

  test("none: nothing is said", () => expect(withSettings(read, {})).toEqual({ report: read, remarks: [] }));
});
