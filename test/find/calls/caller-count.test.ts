import { describe, expect, it } from "vitest";
import { findIn } from "../find-in.ts";

const manyCalls = (path: (i: number) => string, count: number) =>
  Array.from({ length: count }, (_, i) => `export function f${i}(x) { return callApi(${path(i)}); }`).join("\n");
const API = 'async function callApi(path) { return fetch("https://api.acme-cli.dev" + path); }\n';

describe("callers that were not followed", () => {
  it("are counted by the function they call", () => {
    const { cuts } = findIn(API + manyCalls(() => '"/v1/same"', 2000));
    expect(cuts).toMatchObject([
      { cut: { "cut-contexts": 1 }, callers: { name: "callApi", known: 2000 }, evidence: { line: 1 } },
    ]);
    expect(cuts![0]!.callers!.followed).toBeGreaterThan(0);
    expect(cuts![0]!.callers!.followed).toBeLessThan(2000);
  });

  it("belong to the function further out that has them", () => {
    const calls = Array.from({ length: 2000 }, (_, i) => `f${i}("/v1/same");`).join("\n");
    const { cuts } = findIn(
      `async function send(url) { return fetch(url); }
       function callApi(path) { return send("https://api.acme-cli.dev" + path); }
       ${manyCalls(() => "x", 2000)}
       ${calls}`,
    );
    const callers = cuts?.[0]?.callers;
    expect(callers).toMatchObject({ name: "callApi", known: 2000 });
    expect(callers!.followed).toBeGreaterThan(0);
    expect(callers!.followed).toBeLessThan(2000);
  });

  it("are none where all were followed", () => {
    expect(findIn(API + manyCalls((i) => `"/v1/${i}"`, 40)).cuts).toEqual([]);
  });
});
