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

const SDK = `
  class Base {
    constructor({ baseURL = "https://api.default.example" } = {}) { this.baseURL = baseURL; }
    makeStatusError(status) { return new Error(status); }
    getAPIList(path) { return this.request({ method: "get", path }); }
    request(options) { return around.reduce((next, f) => f(next), this.fetch)(this.baseURL, options); }
  }
  class Messages { constructor(c) { this._client = c; } create(b) { return this._client.request({ method: "post" }); } }
  class Client extends Base {
    constructor() {
      super(...arguments);
      this.messages = new Messages(this); this.models = new Messages(this); this.beta = {};
    }
  }`;

test("calls on a bundled SDK's class are its rows', through subclasses, parameters and names", () => {
  const sent = ["https://models.example.com/v1/messages"];
  const made = 'new Client({ baseURL: "https://models.example.com" })';
  expect(urls(`${SDK} ${made}.messages.create({});`)).toEqual(sent);
  expect(urls(`${SDK} class Own extends Client {} ${made.replace("Client", "Own")}.messages.create({});`)).toEqual(
    sent,
  );
  expect(
    urls(`${SDK} const ask = (c) => { const { messages } = c; return messages.create({}); }; ask(${made});`),
  ).toEqual(sent);
});

test("a bundled SDK that is not called sends nothing, and the program's own methods of it stay its own", () => {
  expect(urls(`${SDK} new Client();`)).toEqual([]);
  const own = 'class Own extends Client { send() { return fetch(this.baseURL + "/own"); } }';
  expect(urls(`${SDK} ${own} new Own({ baseURL: "https://own.example.com" }).send();`)).toEqual([
    "https://own.example.com/own",
  ]);
});

const commonJs = (files: Record<string, string>, program: string) => `
  var wrap = (cb, mod) => function () {
    return mod || (0, cb[Object.getOwnPropertyNames(cb)[0]])((mod = { exports: {} }).exports, mod), mod.exports;
  };
  ${Object.entries(files)
    .map(([name, text]) => `var require_${name} = wrap({ "${name}.js"(exports, module) { ${text} } });`)
    .join("\n")}
  ${program}`;

const REDIRECTS = {
  socket: 'module.exports = (o) => require("node:https").request("https://" + o.host + "/own");',
  follow: `
    var open = require_socket();
    function Made(o) { this.o = o; }
    Made.prototype._sanitizeOptions = function (o) {};
    Made.prototype._performRequest = function () { return open(this.o); };
    Made.prototype._processResponse = function (r) { this._performRequest(); };
    module.exports = build(Made);`,
};

test("a bundled CommonJS library is known by the functions inside, and its own code tells nothing more", () => {
  const call = 'require_follow().https.get("https://api.example.com/a");';
  expect(urls(commonJs(REDIRECTS, call))).toEqual(["https://api.example.com/a"]);
});

test("a file that the program requires as well is looked at", () => {
  const call = `require_follow().https.get("https://api.example.com/a");
    const open = require_socket(); open({ host: "b.example.com" });`;
  expect(urls(commonJs(REDIRECTS, call)).sort()).toEqual(["https://api.example.com/a", "https://b.example.com/own"]);
});

/** `@octokit/request`, whose function is made by another one and given members. */
const request = (members: string, called: string) => `
  function withDefaults(before, given) {
    const all = before.defaults(given);
    return Object.assign((route, options) => send(all.parse(all.${called}(route, options))), { ${members} });
  }
  const request = withDefaults(ends, {});
  request("GET /repos/{owner}/{repo}/tags", { owner: "o", repo: "r" });`;

test("octokit's request is known by the members it is given and by what it calls", () => {
  const members = "endpoint: all, defaults: withDefaults.bind(null, all)";
  expect(urls(request(members, "merge"))).toEqual(["https://api.github.com/repos/o/r/tags"]);
  expect(urls(request(members, "join"))).toEqual([]);
  expect(urls(request(members.replace("endpoint", "point"), "merge"))).toEqual([]);
});
