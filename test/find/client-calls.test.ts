import { describe, expect, test } from "vitest";
import { printTemplate } from "../../extractor/model/template.ts";
import { findIn } from "./find-in.ts";

/**
 * One call for each kind that CodeQL's query suite for client requests distinguishes and that makes sense in Node:
 * the forms in which an address, a host, a method, headers and a body are given to each library, and what is done
 * with the answer.
 */
const KINDS: [kind: string, code: string, sent: string[]][] = [
  ["request: the address alone", `request("https://a.dev/1");`, ["GET https://a.dev/1"]],
  [
    "request: by method",
    `request.get("https://a.dev/1"); request.delete("https://a.dev/2");`,
    ["GET https://a.dev/1", "DELETE https://a.dev/2"],
  ],
  ["request: an object", `request({ url: "https://a.dev/1" });`, ["GET https://a.dev/1"]],
  [
    "request: with options and a callback",
    `request("https://a.dev/1", { json: true }, (error, answer, body) => print(answer.body, body));`,
    ["GET https://a.dev/1"],
  ],
  [
    "request: defaults of defaults",
    `const one = request.defaults({}); const two = one.defaults({ headers: {} }); one("https://a.dev/1"); two("https://a.dev/2");`,
    ["GET https://a.dev/1", "GET https://a.dev/2"],
  ],
  [
    "request: piped into a form",
    `const form = new FormData(); form.append("logo", request("https://a.dev/logo.png"));`,
    ["GET https://a.dev/logo.png"],
  ],
  ["request-promise: the address alone", `requestPromise("https://a.dev/1");`, ["GET https://a.dev/1"]],
  [
    "request-promise: with options",
    `requestPromise("https://a.dev/1", { json: true }).then((body) => print(body.name));`,
    ["GET https://a.dev/1"],
  ],
  ["superagent: by method", `superagent.get("https://a.dev/1");`, ["GET https://a.dev/1"]],
  ["superagent: a query", `superagent.get("https://a.dev/1").query({ page: 2 });`, ["GET https://a.dev/1"]],
  ["superagent: a header", `superagent.get("https://a.dev/1").set("x-version", "3");`, ["GET https://a.dev/1"]],
  ["superagent: a body", `superagent.post("https://a.dev/1").send({ name: "n" });`, ["POST https://a.dev/1"]],
  [
    "superagent: a header and a query",
    `superagent.get("https://a.dev/1").set("x-version", "3").query({ page: 2 });`,
    ["GET https://a.dev/1"],
  ],
  [
    "superagent: the answer by callback",
    `superagent.get("https://a.dev/1").end((error, answer) => print(answer.body));`,
    ["GET https://a.dev/1"],
  ],
  [
    "superagent: handed on by a module of the program",
    `import { agent } from "./wrapper.js"; agent.get("https://a.dev/1");`,
    ["GET https://a.dev/1"],
  ],
  ["http: the address alone", `http.get("http://a.dev/1");`, ["GET http://a.dev/1"]],
  ["http: parts", `http.get({ host: "a.dev", path: "/1" });`, ["GET http://a.dev/1"]],
  [
    "http: an address and options",
    `http.request("http://a.dev/1", { method: "PUT" }, (answer) => answer.resume()).end();`,
    ["PUT http://a.dev/1"],
  ],
  [
    "https: parts",
    `https.request({ hostname: "a.dev", port: 8443, path: "/1", method: "POST" }).end("{}");`,
    ["POST https://a.dev:8443/1"],
  ],
  [
    "https: an address in a field, taken apart",
    `class T { constructor(u) { this.u = u }
      s() { https.request({ hostname: this.u.hostname, port: this.u.port, path: this.u.pathname }).end() } }
    new T(new URL(process.env.U || "https://a.dev/1")).s();`,
    ["GET https://a.dev/1", "GET {U}"],
  ],
  ["axios: the address alone", `axios("https://a.dev/1");`, ["GET https://a.dev/1"]],
  ["axios: by method", `axios.get("https://a.dev/1");`, ["GET https://a.dev/1"]],
  ["axios: an object", `axios({ url: "https://a.dev/1" });`, ["GET https://a.dev/1"]],
  [
    "axios: an object with a method",
    `axios({ method: "post", url: "https://a.dev/1", headers: { "content-type": "application/json" }, data: { x: 1 } });`,
    ["POST https://a.dev/1"],
  ],
  [
    "axios: data that a GET does not send",
    `axios.get("https://a.dev/1", { data: { x: 1 } });`,
    ["GET https://a.dev/1"],
  ],
  [
    "axios: data before options",
    `axios.post("https://a.dev/1", { x: 1 }, { data: { y: 2 } });`,
    ["POST https://a.dev/1"],
  ],
  [
    "axios: headers and parameters",
    `axios({ url: "https://a.dev/1", headers: { a: "b" }, params: { page: 2 } });`,
    ["GET https://a.dev/1"],
  ],
  ["axios: a base", `axios({ baseURL: "https://a.dev", url: "/1" });`, ["GET https://a.dev/1"]],
  [
    "axios: an instance",
    `const api = axios.create({ baseURL: "https://a.dev/v1" }); api.patch("/1", {});`,
    ["PATCH https://a.dev/v1/1"],
  ],
  [
    "axios: what is in an answer",
    `axios({ url: "https://a.dev/1", responseType: "json" }).then((r) => r.data, (e) => e.response.status);`,
    ["GET https://a.dev/1"],
  ],
  ["got: the address alone", `got("https://a.dev/1");`, ["GET https://a.dev/1"]],
  [
    "got: headers and a body",
    `got("https://a.dev/1", { method: "POST", headers: { a: "b" }, body: "{}" });`,
    ["POST https://a.dev/1"],
  ],
  ["got: a stream", `got.stream("https://a.dev/1").pipe(process.stdout);`, ["GET https://a.dev/1"]],
  ["got: a base for what is relative", `got("1", { prefixUrl: "https://a.dev/v1" });`, ["GET https://a.dev/v1/1"]],
  [
    "got: an instance",
    `const api = got.extend({ prefixUrl: "https://a.dev" }); api.put("1");`,
    ["PUT https://a.dev/1"],
  ],
  ["fetch: a member of the global object", `globalThis.fetch("https://a.dev/1");`, ["GET https://a.dev/1"]],
  [
    "fetch: headers and a body",
    `fetch("https://a.dev/1", { method: "PUT", headers: { a: "b" }, body: "{}" });`,
    ["PUT https://a.dev/1"],
  ],
  [
    "fetch: what is in an answer",
    `fetch("https://a.dev/1").then((r) => r.json()).then((json) => print(json.name));`,
    ["GET https://a.dev/1"],
  ],
  ["fetch: a request", `fetch(new Request("https://a.dev/1", { method: "DELETE" }));`, ["DELETE https://a.dev/1"]],
  ["node-fetch", `nodeFetch("https://a.dev/1");`, ["GET https://a.dev/1"]],
  ["whatwg-fetch under another name", `polyfill("https://a.dev/1").then((r) => r.text());`, ["GET https://a.dev/1"]],
  ["electron: net.request, the address alone", `electronNet.request("https://a.dev/1");`, ["GET https://a.dev/1"]],
  [
    "electron: net.request, an object",
    `electronNet.request({ url: "https://a.dev/1", method: "POST" });`,
    ["POST https://a.dev/1"],
  ],
  [
    "electron: net.request, a host",
    `electronNet.request({ protocol: "https:", hostname: "a.dev", path: "/1" });`,
    ["GET https://a.dev/1"],
  ],
  ["electron: a ClientRequest", `new ClientRequest("https://a.dev/1");`, ["GET https://a.dev/1"]],
  ["electron: a ClientRequest of an object", `new ClientRequest({ url: "https://a.dev/1" });`, ["GET https://a.dev/1"]],
  [
    "XMLHttpRequest",
    `const x = new XMLHttpRequest(); x.open("POST", "https://a.dev/1"); x.send("{}");`,
    ["POST https://a.dev/1"],
  ],
  [
    "XMLHttpRequest: an answer by event",
    `const x = new XMLHttpRequest(); x.responseType = "json"; x.open("GET", "https://a.dev/1"); x.onreadystatechange = function () { print(this.response); }; x.send();`,
    ["GET https://a.dev/1"],
  ],
  [
    "WebSocket",
    `const s = new WebSocket("wss://a.dev/1"); s.addEventListener("open", () => s.send("hello"));`,
    ["WS wss://a.dev/1"],
  ],
  [
    "net: a socket in a member",
    `const held = { socket: new net.Socket() }; held.socket.connect({ host: "a.dev", port: 70 }); held.socket.write("x");`,
    ["ANY tcp://a.dev:70"],
  ],
  [
    "needle: method, address, data, options",
    `needle("POST", "https://a.dev/1", "data", { headers: { a: "b" } }).then((r) => r.body);`,
    ["POST https://a.dev/1"],
  ],
  [
    "needle: by method",
    `needle.get("https://a.dev/1", () => {}); needle.post("https://a.dev/2", "data", {}, () => {});`,
    ["GET https://a.dev/1", "POST https://a.dev/2"],
  ],
  [
    "form-data: submitted to an address",
    `const form = new FormData(); form.append("a", "b"); form.submit("https://a.dev/1", (e, r) => r.resume());`,
    ["POST https://a.dev/1"],
  ],
  [
    "form-data: submitted to parts",
    `const form = new FormData(); form.submit({ method: "put", protocol: "https:", host: "a.dev", path: "/1", headers: form.getHeaders() });`,
    ["PUT https://a.dev/1"],
  ],
  [
    "http-proxy: a target",
    `httpProxy.createProxyServer({ target: "http://a.dev:9000" }).listen(8000);`,
    ["ANY http://a.dev:9000"],
  ],
  [
    "http-proxy: a target of each request",
    `const proxy = httpProxy.createProxyServer({}); http.createServer((q, s) => proxy.web(q, s, { target: "http://a.dev:8080" }));`,
    ["ANY http://a.dev:8080"],
  ],
  [
    "http-proxy: a target in parts",
    `httpProxy.createProxyServer({ target: { protocol: "https:", host: "a.dev", port: 443 }, changeOrigin: true }).listen(8000);`,
    ["ANY https://a.dev"],
  ],
  [
    "apollo: the address of a client",
    `new ApolloClient({ uri: "https://a.dev/graphql" }).query({ query });`,
    ["POST https://a.dev/graphql"],
  ],
  [
    "apollo: a link",
    `new ApolloClient({ link: new HttpLink({ uri: "https://a.dev/graphql" }) }).query({ query });`,
    ["POST https://a.dev/graphql"],
  ],
  [
    "puppeteer: a page goes to an address",
    `const page = await (await puppeteer.launch()).newPage(); await page.goto("https://a.dev/1");`,
    ["GET https://a.dev/1"],
  ],
  [
    "puppeteer: a script of an address",
    `const page = await (await puppeteer.launch()).newPage(); await page.addScriptTag({ url: "https://a.dev/1.js" });`,
    ["GET https://a.dev/1.js"],
  ],
  ["jsdom: a document of an address", `JSDOM.fromURL("https://a.dev/1");`, ["GET https://a.dev/1"]],
  [
    "chrome-remote-interface: a page goes to an address",
    `const client = await CDP(); await client.Page.navigate({ url: "https://a.dev/1" });`,
    ["GET https://a.dev/1"],
  ],
  ["a function nothing is known of", `unknown("https://a.dev/1"); unknown({ url: "https://a.dev/2" });`, []],
  ["a function of the program that only prints", `print("https://a.dev/1"); print({ url: "https://a.dev/2" });`, []],
  [
    "a server's own routes",
    `const app = express(); app.get("/1", (q, s) => s.end()); app.post("https://a.dev/2", print);`,
    [],
  ],
];

const IMPORTS = `
import request from "request"; import requestPromise from "request-promise"; import superagent from "superagent";
import http from "node:http"; import https from "node:https"; import net from "node:net"; import axios from "axios";
import got from "got"; import nodeFetch from "node-fetch"; import { ClientRequest, net as electronNet } from "electron";
import { fetch as polyfill } from "whatwg-fetch"; import needle from "needle"; import FormData from "form-data";
import httpProxy from "http-proxy"; import { ApolloClient, HttpLink } from "@apollo/client/core"; import express from "express";
import puppeteer from "puppeteer"; import { JSDOM } from "jsdom"; import CDP from "chrome-remote-interface";
const print = (...all) => console.log(...all);
`;

const WRAPPER = { "wrapper.js": `import superagent from "superagent"; export { superagent as agent };` };

const sentBy = (code: string): string[] =>
  findIn(`${IMPORTS}${code}`, WRAPPER).requests.flatMap((r) =>
    r.urls.map((url) => `${r.method} ${printTemplate(url)}`),
  );

describe("kinds of client calls", () => {
  test.each(KINDS)("%s", (_kind, code, sent) => {
    expect(sentBy(code).sort()).toEqual([...sent].sort());
  });
});
