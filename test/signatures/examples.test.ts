import { describe, expect, test } from "vitest";
import { judge, ruleMatches, vendorOf } from "../../extractor/classify/channel.ts";
import { credentialShapes, shapeOf } from "../../extractor/classify/credentials.ts";
import { classesOfFields } from "../../extractor/classify/data-classes.ts";
import { referenceClassOf, referencePlaceOf } from "../../extractor/classify/references.ts";
import type { Address } from "../../extractor/classify/urls/address.ts";
import { foldMarks, urlForm } from "../../extractor/classify/urls/url-form.ts";
import type { UrlContext } from "../../extractor/model/finding.ts";
import type { EndpointKind, Method } from "../../extractor/model/report.ts";
import type { ReferenceRule } from "../../extractor/model/signatures/signature.ts";
import { loadSignatures } from "../../extractor/signatures/load.ts";

const signatures = await loadSignatures();
const { vendors, generic, tools, references, dataClasses } = signatures;

/** `[kind] METHOD URL`, or a URL alone. */
function address(text: string): Address {
  const words = text.split(" ");
  const form = urlForm([words.at(-1)!])!;
  return {
    kind: (words.length > 2 ? words[0] : "request") as EndpointKind,
    method: (words.at(-2) ?? "GET") as Method,
    scheme: form.scheme,
    host: foldMarks(form.authority),
    path: foldMarks(form.path),
  };
}

describe.each(vendors.map((vendor) => [vendor.id, vendor] as const))("vendor %s", (id, vendor) => {
  test.each(Object.entries(vendor.examples.match))("%s is %s", (text, channel) => {
    const verdict = judge(address(text), signatures);
    // an example of one vendor's channel may stand on a host that another vendor owns: only the channel counts then
    expect(verdict.channel).toBe(channel);
  });

  test("takes at least one of its examples, and none of the others", () => {
    const taken = (text: string) => vendorOf(address(text).host, vendors)?.id === id;
    expect(Object.keys(vendor.examples.match).some(taken)).toBe(true);
    expect(vendor.examples.noMatch.filter(taken)).toEqual([]);
  });

  test("owns what it names: a registrable domain or a part of one", () => {
    for (const domain of vendor.domains) expect([domain, vendorOf(domain, vendors) !== null]).toEqual([domain, true]);
  });
});

describe("generic rules", () => {
  test.each(Object.entries(generic.examples.match))("%s is %s", (text, channel) => {
    const rule = generic.rules.find((each) => ruleMatches(each, address(text)));
    expect(rule?.channel).toBe(channel);
  });

  test.each(generic.examples.noMatch)("%s is nothing", (url) => {
    const rule = generic.rules.find((each) => ruleMatches(each, address(`POST ${url}`)));
    expect(rule).toBeUndefined();
  });
});

describe("credential shapes", () => {
  const shapes = credentialShapes(signatures);
  const all = [...shapes.regexps.keys()];

  test.each(all.map((shape) => [shape.id, shape] as const))("%s", (id, shape) => {
    const sentAs = shape.nameRequired ? `option ${shape.sentAs![0]!.replaceAll("*", "")}` : null;
    for (const parts of shape.examples.match) expect(shapeOf(parts.join(""), sentAs, shapes)?.id).toBe(id);
    for (const parts of shape.examples.noMatch) expect(shapeOf(parts.join(""), sentAs, shapes)?.id).not.toBe(id);
    if (shape.nameRequired)
      for (const parts of shape.examples.match) expect(shapeOf(parts.join(""), null, shapes)?.id).not.toBe(id);
  });

  test("ids are unique", () => {
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  });
});

describe.each(tools.map((tool) => [tool.id, tool] as const))("tool %s", (_, tool) => {
  test.each(tool.examples.match)("sends %s", (userAgent) => {
    expect(tool.userAgents.some((pattern) => new RegExp(pattern).test(userAgent))).toBe(true);
  });

  test.each(tool.examples.noMatch)("does not send %s", (userAgent) => {
    expect(tool.userAgents.some((pattern) => new RegExp(pattern).test(userAgent))).toBe(false);
  });

  test("has examples of both kinds where it has patterns, and none where it has not", () => {
    const { match, noMatch } = tool.examples;
    const isKnown = tool.userAgents.length > 0;
    expect([match.length > 0, noMatch.length > 0]).toEqual([isKnown, isKnown]);
  });
});

test("no alias names two tools", () => {
  const aliases = tools.flatMap(({ aliases }) => aliases);
  expect(new Set(aliases).size).toBe(aliases.length);
});

describe.each(dataClasses.map((each) => [each.id, each] as const))("data class %s", (id, { examples }) => {
  test.each(examples.match)("has %s", (field) => {
    expect(classesOfFields([field], dataClasses)).toContain(id);
  });

  test.each(examples.noMatch)("does not have %s", (field) => {
    expect(classesOfFields([field], dataClasses)).not.toContain(id);
  });
});

/** `literal URL`, `key NAME URL`, `text[in front] URL`. */
function place(example: string) {
  const [, kind, before = "", key = "", url] = /^(\w+)(?:\[(.*)\])? (?:(\S+) )?(\S+)$/.exec(example)!;
  const contexts: Record<string, UrlContext> = {
    literal: { kind: "literal" },
    template: { kind: "template" },
    comment: { kind: "comment" },
    text: { kind: "text", length: 200, before },
    key: { kind: "key", key },
  };
  return referencePlaceOf({ url: url!, context: contexts[kind!]! });
}

describe.each(references.map((rule) => [`${rule.class}: ${rule.about}`, rule] as const))(
  "%s",
  (_, rule: ReferenceRule) => {
    test.each(rule.examples.match)("takes %s", (example) => {
      expect(referenceClassOf([place(example)], [rule])).toBe(rule.class);
      expect(referenceClassOf([place(example)], references)).toBe(rule.class);
    });

    test.each(rule.examples.noMatch)("does not take %s", (example) => {
      expect(referenceClassOf([place(example)], [rule])).toBe("unknown");
    });
  },
);
