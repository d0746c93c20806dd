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

/** `import * as request` as bundlers write it: an object whose members are given by one call. */
const namespace = (members: string) => `
  const request = {};
  give(request, { ${members.split(" ").map((name) => `${name}: () => ${name}_`)} });
  const make = (method) => (url) => Object.assign(Object.create({}), { method, url });
  const get_ = make("GET"), post_ = make("POST");
  function* models() { return yield* request.get("https://models.example.com/api.json").pipe(sent); }
  run(models);`;

test("Effect's requests are known inside a bundle by what their module exports", () => {
  const all = "accept acceptJson appendUrlParams bearerToken bodyFormDataRecord delete get post toUrl";
  expect(findIn(namespace(all)).requests.map(({ method }) => method)).toEqual(["GET"]);
  expect(urls(namespace(all))).toEqual(["https://models.example.com/api.json"]);
  expect(urls(namespace("accept delete get post toUrl"))).toEqual([]);
});
