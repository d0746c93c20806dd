import { expect, test } from "vitest";
import { printTemplate } from "../../../extractor/model/template.ts";
import { findIn } from "../find-in.ts";

const CLIENT = `
  class Notes {
    constructor(client) { this._client = client; }
    add(text) { return this._client.send("/notes/add"); }
    count(text) { return this._client.send("/notes/count"); }
  }
  class Client {
    constructor() { this.notes = new Notes(this); }
    send(path) { return fetch("https://api.given.dev" + path, { method: "POST" }); }
  }
  ${["A", "B", "C", "D"].map((name) => `class ${name} { count() { return 1; } add() { return 2; } }`).join("\n")}
  const client = new Client();`;

const urlsIn = (text: string, client = CLIENT): string[] =>
  findIn(client + text)
    .requests.flatMap(({ urls }) => urls.map(printTemplate))
    .sort();

test("a method of a resource that no call names is none of the program's requests", () => {
  expect(urlsIn(`client.notes.add("x");`)).toEqual(["https://api.given.dev/notes/add"]);
});

test("nor what a constructor keeps under a name that no call says", () => {
  const client = `
    class Books {
      constructor(client) {
        this._client = client;
        this.add = async (text) => await this.addInternal(text);
        this.count = async (text) => await this.countInternal(text);
      }
      addInternal(text) { return this._client.send("/books/add"); }
      countInternal(text) { return this._client.send("/books/count"); }
    }
    class Library {
      constructor() { this.books = new Books(this); }
      send(path) { return fetch("https://api.given.dev" + path, { method: "POST" }); }
    }
    class Other { count() {} }`;
  const text = `new Library().books.add("x"); new Other().count("x");`;
  expect(urlsIn(text, client)).toEqual(["https://api.given.dev/books/add"]);
});

test.each([
  [
    "given to a function",
    `function logged(inner) { return { count: (x) => inner.count(x) }; } logged(client.notes).count("x");`,
  ],
  ["returned", `function notes() { return client.notes; } notes().count("x");`],
])("the methods of a resource that is %s may be called from there", (_how, text) => {
  expect(urlsIn(text)).toContain("https://api.given.dev/notes/count");
});
