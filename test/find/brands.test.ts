import { expect, test } from "vitest";
import { printTemplate } from "../../extractor/model/template.ts";
import { findIn } from "./find-in.ts";

const METHODS = "request(c){return run(c)},get(u,c){return run(c,{url:u})},head(u){},delete(u){},put(u){},patch(u){},";
const client = (members: string) => `
  const http = {${members}};
  async function run(c, d) { return send(merge(c, d)); }
  async function check() { await http.get("https://api.example.com/v1/release", { timeout: 5000 }); }
  check();`;

const urls = (text: string) => findIn(text).requests.flatMap((r) => r.urls.map(printTemplate));

test("an object with the whole interface of a known client is one, whoever wrote it", () => {
  const whole = `defaults:{timeout:0},interceptors:{},${METHODS}post(u,b,c){return run(c,{url:u})},getUri(c){}`;
  expect(urls(client(whole))).toEqual(["https://api.example.com/v1/release"]);
});

test("a part of the interface tells nothing", () => {
  expect(urls(client(`${METHODS}post(u,b,c){}`))).toEqual([]);
});
