import { expect, test } from "vitest";
import { DiagnosticLog } from "../../../extractor/model/diagnostic.ts";
import { printTemplate } from "../../../extractor/model/template.ts";
import { findIn } from "../../find/find-in.ts";

/** Options as some clients keep them: each setter reads what the others were told. */
const program = (options: readonly string[]) => `
class Options {
  constructor(given, defaults) {
    this.inner = { url: undefined, prefix: "" };
    if (defaults) this.merge(defaults);
    if (given) this.merge(given);
  }
  merge(o) {
    for (const key of Object.keys(o)) this[key] = o[key];
    this.url = o.url;
    this.prefix = o.prefix;
    ${options.map((name) => `this.${name} = o.${name};`).join("\n    ")}
  }
  get prefix() { return this.inner.prefix; }
  set prefix(v) {
    if (this.inner.url) this.inner.url.href = v + this.inner.url.pathname;
    this.inner.prefix = v;
  }
  get url() { return this.inner.url; }
  set url(v) {
    const url = new URL(this.prefix + v);
    this.inner.url = url;
    ${options.map((name) => `if (this.inner.${name}) url.search = this.${name};`).join("\n    ")}
  }
  ${options
    .map((name, i) => {
      const next = options[(i + 1) % options.length];
      return `get ${name}() { return this.inner.${name}; }
  set ${name}(v) {
    const { url } = this;
    if (url) url.search = v;
    this.inner.${name} = v ?? this.${next};
    this.inner.url = url;
  }`;
    })
    .join("\n  ")}
}
const one = new Options({ prefix: "https://api.setters.dev/", url: "v1/status" });
fetch(one.url);
fetch(new Options({ url: "v1/items" }, one).url);
`;

test("a field whose setters read each other is looked into once, and no bound is met", () => {
  const log = new DiagnosticLog();
  const { requests } = findIn(program(["user", "search", "timeout", "agent"]), {}, log);
  const sent = requests.flatMap(({ urls }) => urls.map(printTemplate));
  expect(sent.some((url) => url.startsWith("https://api.setters.dev/"))).toBe(true);
  expect(log.countOf("cut-fuel")).toBe(0);
});
