import { expect, test } from "vitest";
import { printTemplate } from "../../../extractor/model/template.ts";
import { findIn } from "../find-in.ts";

const numbers = (count: number): number[] => [...Array(count).keys()];

/** An API with many methods over one, whose objects are made in many places; one of them knows the address. */
function facade(name: string, methods: number, makers: number): string {
  const methodsOf = numbers(methods).map((i) => `get${name}${i}() { return this.call("/p${i}"); }`);
  const makersOf = numbers(makers).map((i) => `export const ${name}${i} = (at) => new ${name}(at, sender);`);
  return `
    class ${name} {
      constructor(base, send) { this.base = base; this.send = send; }
      call(path) { return this.send(this.base + path, { method: "POST" }); }
      ${methodsOf.join("\n")}
    }
    ${makersOf.join("\n")}
    export const use${name} = (client) => { ${numbers(methods)
      .map((i) => `client.get${name}${i}();`)
      .join(" ")} };
    use${name}(${name}${makers - 1}("https://${name.toLowerCase()}.example.dev"));`;
}

test("all methods of facades that share a sender, whose objects many functions make", () => {
  const code = `const wrapped = (send) => async (url, init) => send(url, init);
    const sender = wrapped(fetch);
    ${facade("A", 140, 60)}
    ${facade("B", 70, 40)}`;
  const urls = [
    ...numbers(140).map((i) => `https://a.example.dev/p${i}`),
    ...numbers(70).map((i) => `https://b.example.dev/p${i}`),
  ];
  const found = findIn(code).requests.map(({ method, urls }) => `${method} ${urls.map(printTemplate).join(" ")}`);
  // others may make an object of the first with what is exported
  expect(found.filter((request) => !request.includes("{")).sort()).toEqual(urls.map((url) => `POST ${url}`).sort());
});

test("a method that a class leaves to those below it, of a name that many share", () => {
  const others = numbers(6).map((i) => `export class Other${i} { transport(at) { return at + ${i}; } }`);
  const code = `
    class Core {
      constructor(options) { this.host = options.host ?? "https://default.example.dev"; }
      flags() { return retry(async () => await this.transport(this.host + "/flags")); }
    }
    const retry = async (run) => await run();
    class Client extends Core { transport(at) { return fetch(at, { method: "POST" }); } }
    ${others.join("\n")}
    const made = (options) => new Client({ host: "https://own.example.dev", ...options });
    made({}).flags();`;
  const sent = findIn(code).requests.flatMap((r) => r.urls.map(printTemplate));
  expect(sent).toEqual(["https://own.example.dev/flags"]);
});
