import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { findIn } from "../find-in.ts";
import { type Carrier, randomNumbers, readCarriers, type Snippet, SnippetMaker } from "./snippets.ts";

const CARRIERS = readCarriers("carriers.txt");
const TEXTS = readCarriers("text-carriers.txt");
const CLIENTS = readCarriers("clients.txt");

/** Ways on which values are lost today. */
const PENDING = ["setter", "iterator", "throwCatch", "errorClass", "middleware", "withResolvers", "charCodes"];
/** The same of functions, where many others stand under the same name. */
const PENDING_SENDERS = [...PENDING, "classBuilder", "diContainer", "plugin"].filter((name) => name !== "charCodes");
/** What carries texts alone: a function does not survive it. */
const COPIES = ["clone", "json"];

const folder = mkdtempSync(join(tmpdir(), "carriers-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const IMPORTS = `
import { EventEmitter } from "node:events";
import { AsyncLocalStorage } from "node:async_hooks";
import https from "node:https";`;
const RECORDER = `
globalThis.fetch = async (url, options) => {
  console.log((options?.method ?? "GET") + " " + url);
  return new Response("{}");
};
https.request = (url, { method }) => {
  console.log(method + " " + url);
  return { end() {} };
};`;

/** What the snippets send where they run, one after the other. */
function sentBy(snippets: readonly Snippet[]): string[] {
  const file = join(folder, "program.mjs");
  writeFileSync(file, [IMPORTS, RECORDER, programOf(snippets)].join("\n"));
  const sent = execFileSync(process.execPath, [file], { encoding: "utf8" }).trim().split("\n");
  expect(sent).toHaveLength(snippets.length);
  return sent;
}

function programOf(snippets: readonly Snippet[]): string {
  const calls = snippets.map(({ code }) => `await ${/^async function (\w+)/.exec(code)![1]!}();`);
  return [...snippets.map(({ code }) => code), ...calls].join("\n");
}

const foundIn = (program: string): string[] =>
  findIn(`${IMPORTS}\n${program}`).requests.flatMap(({ urls, method }) =>
    urls.map((url) => `${method} ${url.map((p) => (typeof p === "string" ? p : `{${p.name}}`)).join("")}`),
  );

/** Those of which no request is found; no other request is. */
function lostOf(snippets: readonly Snippet[], programs: readonly string[] = [programOf(snippets)]): string[] {
  const sent = sentBy(snippets);
  const found = new Set(programs.flatMap(foundIn));
  expect([...found].filter((request) => !request.includes("{") && !sent.includes(request))).toEqual([]);
  return snippets.filter((_, i) => !found.has(sent[i]!)).map(({ name }) => name);
}

test("an address goes each way by itself", () => {
  const maker = new SnippetMaker();
  for (const carrier of [...CARRIERS, ...TEXTS])
    for (const way of ["whole", "host", "template"] as const) maker.text([carrier], way);
  const ways = ["whole", "host", "template"];
  const pending = PENDING.flatMap((name) => ways.map((way) => `${name} carry ${way}`));
  expect(new Set(lostOf(maker.snippets))).toEqual(new Set(pending));
});

test("a function that sends goes each way by itself", () => {
  const maker = new SnippetMaker();
  for (const carrier of CARRIERS) if (!COPIES.includes(carrier.name)) maker.sender([carrier]);
  expect(new Set(lostOf(maker.snippets))).toEqual(new Set(PENDING_SENDERS.map((name) => `${name} carry a sender`)));
});

const without = (carriers: readonly Carrier[], names: readonly string[]): Carrier[] =>
  carriers.filter(({ name }) => !names.includes(name));
const carried = without(CARRIERS, PENDING);
const texts = without([...CARRIERS, ...TEXTS], PENDING);
const senders = without(CARRIERS, [...PENDING_SENDERS, ...COPIES]);

test.each([
  [
    1,
    [
      "classBuilder fromEntries carry host",
      "emitterClass ctorDestructure carry a sender",
      "homeEmitter findLast carry a sender",
      "pubsub emitter carry a sender",
      "configStoreMap freeze carry a sender",
      "some findLast carry a sender",
      "callback promiseCatch carry a sender",
    ],
  ],
  [
    2,
    [
      "emitter fromEntries carry host",
      "callback registryMap carry a sender",
      "configStore reduceAssign carry a sender",
    ],
  ],
])("two ways, one after the other: all but a few of 200 (seed %i)", (seed, pending) => {
  const random = randomNumbers(seed);
  const pick = (of: readonly Carrier[]): Carrier => of[Math.floor(random() * of.length)]!;
  const maker = new SnippetMaker();
  for (let i = 0; i < 100; i++) maker.text([pick(carried), pick(texts)], "host");
  for (let i = 0; i < 100; i++) maker.sender([pick(senders), pick(senders)]);
  expect(lostOf(maker.snippets)).toEqual(pending);
});

test.each([
  [
    1,
    [
      "splice into proxyRoutes, classSetter carry it",
      "arrayPop into proxyRoutes, pubsub carry it",
      "memberAssign into proxyRoutes, some carry it",
      "or into proxyRoutes, listeners carry it",
    ],
  ],
  [2, ["promiseRace into proxyRoutes, every carry it"]],
])("a host into a client, and the client to where it is called: all but a few of 200 (seed %i)", (seed, pending) => {
  const random = randomNumbers(seed);
  const pick = (of: readonly Carrier[]): Carrier => of[Math.floor(random() * of.length)]!;
  const maker = new SnippetMaker();
  for (let i = 0; i < 200; i++) maker.client(pick(CLIENTS), [pick(carried)], [pick(senders)]);
  const programs = maker.snippets.map((snippet) => programOf([snippet]));
  expect(lostOf(maker.snippets, programs)).toEqual(pending);
});
