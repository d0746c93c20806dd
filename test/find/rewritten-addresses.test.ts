import { expect, test } from "vitest";
import { printTemplate } from "../../extractor/model/template.ts";
import { findIn } from "./find-in.ts";

const urls = (text: string) =>
  findIn(text)
    .requests.flatMap((r) => r.urls.map(printTemplate))
    .sort();

const clients = 'import axios from "axios"; const http = axios.create({ baseURL: "https://api.example.com" });';

test("an interceptor's return value is the address that is asked", () => {
  const hook = 'http.interceptors.request.use((config) => ({ ...config, url: "/v1" + config.url }));';
  expect(urls(`${clients} ${hook} http.get("/items");`)).toEqual(["https://api.example.com/v1/items"]);
});

test("an interceptor that writes the address reads what the call was given", () => {
  const hook = 'http.interceptors.request.use((config) => { config.url = "/v2" + config.url; return config; });';
  expect(urls(`${clients} ${hook} http.get("/items");`)).toEqual(["https://api.example.com/v2/items"]);
});

test("interceptors are run one after the other", () => {
  const hook = 'http.interceptors.request.use((c) => ({ ...c, url: "/a" + c.url }));';
  expect(urls(`${clients} ${hook} ${hook.replace('"/a"', '"/b"')} http.get("/items");`)).toEqual([
    "https://api.example.com/b/a/items",
  ]);
});

test("a member that is written from itself keeps what the object was made with", () => {
  const text = 'function versioned(o) { o.path = "/v1" + o.path; return o; }';
  expect(urls(`${text} fetch("https://api.example.com" + versioned({ path: "/items" }).path);`)).toEqual([
    "https://api.example.com/v1/items",
  ]);
});

test("a connection string names the endpoint that its client sends to", () => {
  const setup = (text: string) => `import * as ai from "applicationinsights"; ai.setup(${text}).start();`;
  expect(urls(setup('"InstrumentationKey=k;IngestionEndpoint=https://in.example.com/"'))).toEqual([
    "https://in.example.com/v2.1/track",
  ]);
  expect(urls(setup('"InstrumentationKey=k"'))).toEqual(["https://dc.services.visualstudio.com/v2.1/track"]);
});

test("an address is completed only where the pattern says that it is not whole", () => {
  const whole = 'function whole(url) { if (/^\\/\\//.test(url)) url = "https:" + url; return fetch(url); }';
  const full = 'function full(url) { if (!url.startsWith("https://")) url = "https://" + url; return fetch(url); }';
  expect(urls(`${whole} whole("https://a.example.com/x");`)).toEqual(["https://a.example.com/x"]);
  expect(urls(`${whole} whole("//b.example.com/x");`)).toEqual(["https://b.example.com/x"]);
  expect(urls(`${full} full("https://c.example.com/x/" + process.env.ID);`)).toEqual(["https://c.example.com/x/{ID}"]);
});

test("a scheme is put before an address that has none, by `concat` too", () => {
  const text = `
    function full(endpoint, protocol) {
      var u = endpoint;
      if (!endpoint.includes("://")) u = "".concat(protocol, "://").concat(endpoint);
      return u + "/tp2";
    }
    function emitter({ endpoint, protocol = "https" }) {
      return { set(url) { endpoint = url; }, send: () => fetch(full(endpoint, protocol)) };
    }`;
  expect(urls(`${text} emitter({ endpoint: "https://collector.example.com" }).send();`)).toContain(
    "https://collector.example.com/tp2",
  );
  expect(urls(`${text} emitter({ endpoint: "https://collector.example.com" }).send();`).join()).not.toContain(
    "https//",
  );
});

test("brackets are taken off the addresses that have them, asked of a member too", () => {
  const text = `
    const options = (u) => ({
      hostname: u.hostname && u.hostname.startsWith("[") ? u.hostname.slice(1, -1) : u.hostname,
    });
    const get = (address) => fetch("https://" + options(new URL(address)).hostname + "/x");`;
  expect(urls(`${text} get(process.env.OWN ?? "https://login.example.com/");`)).toContain(
    "https://login.example.com/x",
  );
  expect(urls(`${text} get(process.env.OWN ?? "https://login.example.com/");`).join()).not.toContain(
    "ogin.example.co/",
  );
});

const socket = `
  function connect(base) {
    const isLocal = base.includes("localhost") || base.includes("127.0.0.1");
    const version = isLocal ? "v2" : "v1";
    const scheme = isLocal ? "ws" : "wss";
    new WebSocket(\`\${scheme}://\${base.replace(/^https?:[/]{2}/, "")}/\${version}/events\`);
  }`;

test("parts of a text that hang on one parameter go together", () => {
  expect(urls(`${socket} connect(process.argv[2] ? "http://localhost:8080" : "https://api.example.com");`)).toEqual([
    "ws://localhost:8080/v2/events",
    "wss://api.example.com/v1/events",
  ]);
});

test("of many values of the parameter none are told apart", () => {
  const hosts = ["a", "b", "c", "d"].map((name) => `"https://${name}.example.com"`);
  const sent = (given: string[]) => urls(`${socket} connect([${given}, "http://localhost:8080"][process.argv[2]]);`);
  expect(sent(hosts.slice(0, 3))).not.toContain("ws://a.example.com/v2/events");
  expect(sent(hosts)).toContain("ws://a.example.com/v2/events");
});

test("a bundled node-fetch is its rows", () => {
  const lib = `
    var wrap = (cb, mod) => function () {
      return mod || (0, cb[Object.getOwnPropertyNames(cb)[0]])((mod = { exports: {} }).exports, mod), mod.exports;
    };
    var require_lib = wrap({ "lib.js"(exports, module) {
      function Body() {}
      Body.mixIn = function (proto) {};
      class Request {} class Headers {} class Response {} class FetchError {}
      function fetch(url, o) { return require("node:https").request(build(url, o)); }
      module.exports = exports = fetch;
      exports.Headers = Headers; exports.Request = Request;
      exports.Response = Response; exports.FetchError = FetchError;
    } });`;
  expect(urls(`${lib} var f = require_lib(); f("https://api.example.com/items");`)).toEqual([
    "https://api.example.com/items",
  ]);
});

test("what a parameter is by default comes first", () => {
  const text = `function get(all = false) {
    return fetch(\`https://x.example.com/f?v=2\${all ? "&all=true" : ""}\`);
  } get();`;
  expect(urls(text)).toHaveLength(2);
  expect(findIn(text).requests[0]!.urls.map(printTemplate)).toEqual([
    "https://x.example.com/f?v=2",
    "https://x.example.com/f?v=2&all=true",
  ]);
});
