import { expect, test } from "vitest";
import { identifierAt } from "../../../extractor/container/source-maps/identifier.ts";

const text = [
  "const answer = await client.http.post(url);",
  "function send(orgUUID: string, größe = 1) {}",
  "  this.#post?.(1); new Socket(1); if (x) {}",
  `"https://a.example/"; ${"a".repeat(200)}`,
].join("\n");

test.each([
  [1, 16, "client.http.post"],
  [1, 22, "client.http.post"],
  [2, 15, "orgUUID"],
  [2, 32, "größe"],
  [3, 20, "Socket"],
  [4, 1, null],
  [4, 23, null],
  [3, 2, null],
  [9, 1, null],
  [1, 900, null],
])("line %i, column %i: %s", (line, column, name) => {
  expect(identifierAt(text, line, column)).toBe(name);
});

test.each(["return x", "this", "new", "function f() {}", "super(x)"])("%s names nothing", (line) => {
  expect(identifierAt(line, 1, 1)).toBeNull();
});
