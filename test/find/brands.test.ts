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

test("a class is known by what its constructor gives each instance as well, and its subclass with it", () => {
  const sdk = `
    class Chat { constructor(c) { this._client = c; } }
    class Client {
      constructor(o = {}) {
        this.chat = new Chat(this); this.embeddings = new Chat(this); this.images = new Chat(this);
        this.audio = new Chat(this); this.moderations = new Chat(this); this.fineTuning = new Chat(this);
        this.responses = new Chat(this);
      }
      async send(url) { return wrap(this.fetch)(url); }
    }`;
  const call = 'new C({ baseURL: "https://models.example.com/v1" }).chat.completions.create({});';
  const sent = ["https://models.example.com/v1/chat/completions"];
  expect(urls(`${sdk} ${call.replace("C", "Client")}`)).toEqual(sent);
  expect(urls(`${sdk} class Own extends Client {} ${call.replace("C", "Own")}`)).toEqual(sent);
});
