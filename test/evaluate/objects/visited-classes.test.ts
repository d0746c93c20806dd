import { expect, it } from "vitest";
import { printTemplate } from "../../../extractor/model/template.ts";
import { findIn } from "../../find/find-in.ts";

const LEVELS = 8;
const WIDTH = 8;

/** Classes of which it isn't known which of eight others they extend, eight levels above each other: 8^8 ways up. */
function latticeOf(member: string): string {
  const choice = (level: number) =>
    `${Array.from({ length: WIDTH }, (_, i) => `x === ${i} ? C${level}_${i} : `).join("")}Root`;
  const levels = Array.from({ length: LEVELS }, (_, level) =>
    Array.from({ length: WIDTH }, (_, i) => {
      const parent = level === 0 ? "Root" : `(${choice(level - 1)})`;
      return `class C${level}_${i} extends ${parent} { own${level}_${i}() {} }`;
    }).join("\n"),
  );
  return `const x = Number(process.argv[2]); class Root { ${member} }\n${levels.join("\n")}\n`;
}

const urls = (text: string) => findIn(text).requests.flatMap((r) => r.urls.map(printTemplate));

it("a member of an instance is looked for once in each class", () => {
  const classes = latticeOf('constructor() { this.host = "https://api.acme-cli.dev"; }');
  expect(urls(`${classes} fetch(new C7_0().host + "/v1");`)).toEqual(["https://api.acme-cli.dev/v1"]);
});

it("so is a static member", () => {
  const classes = latticeOf('static host = "https://api.acme-cli.dev";');
  expect(urls(`${classes} fetch(C7_0.host + "/v1");`)).toEqual(["https://api.acme-cli.dev/v1"]);
});

it("so is a member that no class has", () => {
  expect(urls(`${latticeOf("")} fetch("https://api.acme-cli.dev/" + new C7_0().missing);`)).toHaveLength(1);
});

it("a class made by a function is another one for each class it extends", () => {
  const text = `
    const withPath = (Base, path) => class extends Base { constructor(host) { super(host); this.at = path; } };
    class Client { constructor(host) { this.host = host; } }
    const client = new (withPath(withPath(Client, "/inner"), "/outer"))("https://api.acme-cli.dev");
    fetch(client.host + client.at);`;
  expect(urls(text)).toEqual(["https://api.acme-cli.dev/outer"]);
});
