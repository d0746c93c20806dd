import { expect, test } from "vitest";
import { printTemplate } from "../../../extractor/model/template.ts";
import { findIn } from "../find-in.ts";

/** `name(fields) -> URL`, a line for each event. */
const eventsIn = (text: string): string[] => {
  const { requests, events } = findIn(text);
  const addressOf = (ref: number) =>
    requests
      .find((r) => r.ref === ref)!
      .urls.map(printTemplate)
      .join(" or ");
  const lines = events.map(({ name, fields, carriers = [] }) => {
    const given = fields.length > 0 ? `(${fields.join()})` : "";
    return `${printTemplate(name)}${given} -> ${carriers.map(addressOf).sort().join(" and ") || "unknown"}`;
  });
  return [...new Set(lines)].sort();
};

const QUEUE = `const queue = []; function track(name, meta) { queue.push({ event_name: name, metadata: meta }); }
  function flush() { fetch("https://e.dev/b", { method: "POST", body: JSON.stringify({ events: queue }) }); }`;

const EXPORTERS = `class Batch { kept = []; constructor(to) { this.to = to; }
    onEmit(r) { this.kept.push(r); } flush() { this.to.export(this.kept.splice(0, 9)); } }
  class Own { constructor(o = {}) { this.url = (o.base || "https://own.dev") + "/batch"; }
    export(records) { return this.go(records); }
    go(records) { return fetch(this.url, { method: "POST", body: JSON.stringify({ events: records.map((r) => ({ n: r.body })) }) }); } }
  class Users { constructor(url) { this.url = url; }
    export(records) { fetch(this.url, { method: "POST", body: JSON.stringify({ resourceLogs: records }) }); } }
  class Provider { constructor(o) { this.ps = o.ps; }
    getLogger(name) { const ps = this.ps; return { emit(e) { for (const p of ps) p.onEmit({ body: e.body, scope: name }); } }; } }
  class Direct { constructor(p) { this.p = p; } emit(e) { this.p.onEmit({ body: e.body }); } }
  const state = { own: null, user: null };
  function track(name, attributes) { state.own?.emit({ body: name, attributes }); }
  function log(name, attributes) { state.user?.emit({ body: "app." + name, attributes }); }
  track("app_started", { cold: true }); log("prompt_sent", { length: 2 });`;

const RUM = (flush: string) => `const https = require("https");
  class Rum { events = [];
    make(event_type, type, name, more) { return { time: Date.now(), event_type, type, name, ...(more || {}) }; }
    action(type, name, more) { return this.make("action", type, name, more); }
    put(e) { this.events.push(e); }
    prompt() { const e = this.action("user", "new_prompt", { size: 1 }); this.put(e); }
    again() { const e = this.action("user", "retry", { id: 1 }); this.put(e); }
    flush() { const body = JSON.stringify({ app: "a", events: this.events.splice(0) }); ${flush} } }
  const rum = new Rum(); rum.prompt(); rum.again(); rum.flush();`;

/** Two reporters over one queue of a class above them, which keeps what it is given in a store. */
const REPORTERS = `class Store { constructor() { this.items = []; }
    add(e) { this.items.push(e); } all() { return this.items.slice(); } }
  class Reporter { constructor() { this.store = new Store(); }
    report(e) { this.store.add(e); }
    async upload() { const all = this.store.all();
      for (let i = 0; i < all.length; i += 5) await this.perform(all.slice(i, i + 5)); } }
  const of = (e) => ({ event: { event_name: e.event_name, event_data: e.event_data, tool: e.tool } });
  class Api { constructor(send) { this.send = send; }
    call(path, body) { return this.send("https://e.dev" + path, { method: "POST", body: JSON.stringify(body) }); }
    session(list) { return this.call("/session", { events: list.map(of) }); }
    tools(list) { return this.call("/tools", { events: list.map(of) }); } }
  const api = new Api(fetch);
  class Session extends Reporter {
    one(e) { this.report({ event_name: e.name, event_data: e.data }); } perform(list) { return api.session(list); } }
  class Tools extends Reporter {
    one(e) { this.report({ event_name: e.name, tool: e.tool }); } perform(list) { return api.tools(list); } }
  const session = new Session(); const tools = new Tools(); session.upload(); tools.upload();
  session.one({ name: "skills-included", data: { a: 1 } }); tools.one({ name: "tool-used", tool: "grep" });`;

/** One program for each way in which events come about, and all events that it sends. */
const PROGRAMS: Record<string, { code: string; events: string[] }> = {
  "reporters that share a queue": {
    code: REPORTERS,
    events: ["skills-included(a) -> https://e.dev/session", "tool-used -> https://e.dev/tools"],
  },
  "fields of Object.fromEntries": {
    code: `${QUEUE} track("app_one", Object.fromEntries([["a", 1], ["b", 2]]));
      track("app_two", { c: 1, ...Object.fromEntries(["a", "b"].map((n) => ["has_" + n, true])) });`,
    events: ["app_one(a,b) -> https://e.dev/b", "app_two(c,has_a,has_b) -> https://e.dev/b"],
  },
  "names with parentheses, chosen by a branch": {
    code: `function send(event, properties) { return fetch("https://e.dev/v", { method: "POST", body: JSON.stringify({ event, properties }) }); }
      function put(local) { let name; if (local) name = "write key (local)"; else name = "write key"; send(name, {}); } put(process.argv[2] === "l");`,
    events: ["write key (local) -> https://e.dev/v", "write key -> https://e.dev/v"],
  },
  "a single word, where it is seen to name an event": {
    code: `function send(event, properties) { fetch("https://e.dev/v", { method: "POST", body: JSON.stringify({ event, properties }) }); } send("login", { ms: 1 });`,
    events: ["login(ms) -> https://e.dev/v"],
  },
  "events made by a method over another, where event_type tells the kind": {
    code: RUM(
      `const req = https.request({ hostname: "rum.dev", path: "/", method: "POST" }, (r) => r.resume()); req.end(body);`,
    ),
    events: ["new_prompt(size) -> https://rum.dev/", "retry(id) -> https://rum.dev/"],
  },
  "the body is what the methods of a request are given": {
    code: RUM(`https.request({ hostname: "rum.dev", path: "/", method: "POST" }).on("error", () => {}).end(body);`),
    events: ["new_prompt(size) -> https://rum.dev/", "retry(id) -> https://rum.dev/"],
  },
  "two exporters over one processor, each with its own events": {
    code: `${EXPORTERS} state.own = new Provider({ ps: [new Batch(new Own())] }).getLogger("own");
      state.user = new Provider({ ps: [new Batch(new Users("http://localhost:4318/v1/logs"))] }).getLogger("user");`,
    events: ["app.prompt_sent(length) -> http://localhost:4318/v1/logs", "app_started(cold) -> https://own.dev/batch"],
  },
  "a name with an open end, and attributes that are copied one by one": {
    code: `import { logs } from "@opentelemetry/api-logs"; const logger = logs.getLogger("tool");
      function shared() { const a = { "user.id": 1 }; if (process.env.Q) a["session.id"] = 2; return a; }
      function log(name, more = {}) { const attributes = { ...shared(), "event.name": name };
        for (const [key, value] of Object.entries(more)) if (value !== undefined) attributes[key] = value;
        logger.emit({ body: \`tool.\${name}\`, attributes }); }
      log("api_request", { model: "m" }); log("user_prompt", { length: "9" });`,
    events: [
      "tool.api_request(event.name,session.id,user.id) -> unknown",
      "tool.user_prompt(event.name,session.id,user.id) -> unknown",
    ],
  },
  "a logger that is one of two objects": {
    code: `${EXPORTERS} function pick(provider, p) { return process.env.LIMIT ? provider.getLogger("own") : new Direct(p); }
      const p = new Batch(new Own()); state.own = pick(new Provider({ ps: [p] }), p);`,
    events: ["app.prompt_sent(length) -> unknown", "app_started(cold) -> https://own.dev/batch"],
  },
  "a client's own method, a queue, a registered plugin and a factory lie between": {
    code: `class Http { constructor(f) { this.f = f ?? fetch; } ask(o) { return this.f(o.url, { method: o.method, body: o.body }); } }
      class Out { constructor({ http, host }) { this.url = new URL("/v1/batch", host ?? "https://sdk.dev").href; this.http = http; this.kept = []; }
        add(ctx) { this.kept.push(ctx); return this.send(this.kept.splice(0)); }
        send(list) { return this.http.ask({ url: this.url, method: "POST", body: JSON.stringify({ batch: list.map((c) => c.event) }) }); } }
      class Queue { plugins = []; register(p) { this.plugins.push(p); }
        put(ctx) { for (const p of this.plugins) p[ctx.event.type](ctx); } }
      class Ctx { constructor(event) { this.event = event; } }
      class Make { track(event, properties) { return { ...{ event, type: "track", properties: properties ?? {} }, time: new Date() }; } }
      function plugin(out) { function action(ctx) { return out.add(ctx); } return { name: "out", load: () => {}, track: action, page: action }; }
      class Sdk { constructor(o) { this.make = new Make(); this.queue = new Queue(); this.queue.register(plugin(new Out({ http: new Http(), host: o.host }))); }
        track({ event, properties }) { this.queue.put(new Ctx(this.make.track(event, properties))); } }
      const sdk = new Sdk({}); sdk.track({ event: "login_started", properties: {} }); sdk.track({ event: "login_done", properties: { ms: 3 } });`,
    events: ["login_done(ms) -> https://sdk.dev/v1/batch", "login_started -> https://sdk.dev/v1/batch"],
  },
  "the tools of a model are no events": {
    code: `class Api { constructor(o) { this.o = o; } ask(body) { return this.go({ url: "https://model.dev/v1/messages", body }); }
        go({ url, body }) { return fetch(url, { method: "POST", body: JSON.stringify(body) }); } }
      const toolOf = (name, parameters) => ({ name, parameters, description: "" });
      new Api().ask({ model: "m", tools: [toolOf("readFile", {}), toolOf("writeFile", {}), toolOf("askUser", {})] });`,
    events: [],
  },
  "nor are they where a list of them is handed on": {
    code: `function report(tools) { fetch("https://own.dev/feedback", { method: "POST", body: JSON.stringify({ tools: tools.map((t) => ({ name: t.name, parameters: t.parameters })) }) }); }
      const make = (name, parameters) => ({ name, parameters }); report([make("readFile", {}), make("writeFile", {}), make("askUser", {})]);`,
    events: [],
  },
  "a client that is imported sends what its documentation states": {
    code: `import LD from "launchdarkly-node-server-sdk"; const c = LD.init("sdk"); c.track("login_done", { key: "u" }, { ms: 3 }); c.track("login", { key: "u" });`,
    events: ["login -> https://events.launchdarkly.com/bulk", "login_done(ms) -> https://events.launchdarkly.com/bulk"],
  },
  "a client whose methods were taken out of it": {
    code: `const client = make("https://api2.amplitude.com/2/httpapi"); const { track } = client; track("login_done", { ms: 3 });`,
    events: ["login_done(ms) -> https://api2.amplitude.com/2/httpapi"],
  },
  "a method of that name, without such a client": {
    code: `const parcels = load(); parcels.track("parcel_one", { key: "u" }, { ms: 3 });`,
    events: [],
  },
  "a method of that name of another object, beside such a client": {
    code: `import Mixpanel from "mixpanel"; const m = Mixpanel.init("t"); m.track("login_done", { ms: 3 });
      class Parcels { track(id, more) { fetch("https://own.dev/p/" + id, { method: "POST", body: JSON.stringify(more) }); } } new Parcels().track("parcel_one", { a: 1 });`,
    events: ["login_done(ms) -> https://api.mixpanel.com/track"],
  },
  "instruments and spans by name": {
    code: `class Exporter { constructor(url) { this.url = url; } export(resourceMetrics) { fetch(this.url, { method: "POST", body: JSON.stringify({ resourceMetrics }) }); } }
      class Meter { constructor(e) { this.e = e; } createCounter(name) { return { add: (n) => this.e.export([{ name, n }]) }; } }
      class Tracer { constructor(e) { this.e = e; } startSpan(name) { return { end: () => this.e.export([{ name }]) }; } }
      new Meter(new Exporter("https://otel.dev/v1/metrics")).createCounter("tool.commands").add(1);
      new Tracer(new Exporter("https://otel.dev/v1/traces")).startSpan("tool.run").end();`,
    events: ["tool.commands -> https://otel.dev/v1/metrics", "tool.run -> https://otel.dev/v1/traces"],
  },
  "spans that an own tracer drops, beside one that sends": {
    code: `class Exporter { constructor(url) { this.url = url; } export(resourceSpans) { fetch(this.url, { method: "POST", body: JSON.stringify({ resourceSpans }) }); } }
      class Tracer { constructor(e) { this.e = e; } startSpan(name) { return { end: () => this.e.export([{ name }]) }; } }
      new Tracer(new Exporter("https://otel.dev/v1/traces")).startSpan("tool.run").end();
      const state = {}; const silent = () => ({ end() {} });
      const instrumenter = () => { if (!state.used) state.used = { startSpan: (n, o) => ({ span: silent(), o }), withContext: (c, f, ...a) => f(...a) }; return state.used; };
      const makeClient = (p) => ({ traced: (name, run) => { const { span } = instrumenter().startSpan(name, { p }); run(); span.end(); } });
      makeClient("cloud").traced("credential.get", () => 1);`,
    events: ["tool.run -> https://otel.dev/v1/traces"],
  },
  "spans that a client hands on to a tracer that drops them": {
    code: `class Exporter { constructor(url) { this.url = url; } export(resourceSpans) { fetch(this.url, {
      method: "POST", body: JSON.stringify({ resourceSpans }) }); } }
      class Tracer { constructor(e) { this.e = e; } startSpan(name) { return { end: () => this.e.export([{
        name }]) }; } startActiveSpan(name, run) { return this.startSpan(name, arguments); } }
      const own = new Tracer(new Exporter("https://otel.dev/v1/traces")); own.startSpan("tool.run").end();
      class Proxied { constructor(t) { this.t = t; } startSpan(name) { return Reflect.apply(this.t.startSpan,
        this.t, arguments); } } new Proxied(own).startSpan("tool.proxied").end();
      const wrap = (f) => function () { var all = []; for (var i = 0; i < arguments.length;
        i++) all[i] = arguments[i]; return f.apply(own, all); };
      const wrapped = { startSpan: wrap(own.startSpan) }; wrapped.startSpan("tool.wrapped").end();
      const quiet = { startSpan: (_name, o) => ({ span: { end() {} }, o }) };
      const makeClient = (p) => { function startSpan(name, o) { return quiet.startSpan(name, { ...o, p }); }
        return { startSpan, traced: (name, run) => { startSpan(name, {}); run(); } }; };
      const tried = () => { try { return makeClient("cloud"); } catch { return undefined; } };
      function policy(client) { return { send(request, next) { const { span }
        = client.startSpan("HTTP " + request.method, {}); span.end(); return next(request); } }; }
      policy(tried()).send({ method: "GET" }, (r) => fetch("https://own.dev/" + r.id));
        makeClient("x").traced("credential.get", () => 1);`,
    events: ["tool.proxied", "tool.run", "tool.wrapped"].map((name) => `${name} -> https://otel.dev/v1/traces`),
  },
  "fields in a list of keys and values": {
    code: `class Log { kept = []; shared = [{ own_key: 3 /* SURFACE */, value: "cli" }];
        basic(name, data = []) { const all = [...data, { own_key: 1 /* VERSION */, value: "1.0" }];
          if (process.env.CI) all.push({ own_key: 2 /* RUN */, value: "x" }); return { app: 102, event_name: name,
          event_metadata: [all] }; }
        make(name, data = []) { if (name !== "start_run") data.push(...this.shared); return this.basic(name, data); }
        put(e) { this.kept.push([{ event_time_ms: Date.now(), source_extension_json: JSON.stringify(e) }]); }
        flush() { return fetch("https://own.dev/log", { method: "POST", body: JSON.stringify([{
          log_event: this.kept }]) }); }
        tool(e) { const data = [{ own_key: 14 /* TOOL_NAME */, value: e.tool }]; const more = { added: 21 /* LINES_ADDED */, removed: 22 /* LINES_REMOVED */ };
        for (const [key, own_key] of Object.entries(more)) if (e[key]) data.push({ own_key, value: e[key] });
        if (e.error) data.push({
          own_key: 15 /* TOOL_ERROR */, value: e.error }); this.put(this.make("tool_call", data)); }
        end() { this.put(this.make("end_run", [{ own_key: Keys.REASON, value: "done" }, { own_key: "plain",
          value: 1 }])); this.flush(); } }
      var Keys; (function (Keys) { Keys[Keys["REASON"] = 7] = "REASON"; })(Keys || (Keys = {}));
        const log = new Log(); log.tool({ tool: "x" }); log.end();`,
    events: [
      "end_run(REASON,plain) -> https://own.dev/log",
      "tool_call(LINES_ADDED,LINES_REMOVED,TOOL_ERROR,TOOL_NAME) -> https://own.dev/log",
    ],
  },
  "names that wait for listeners of the program's own": {
    code: `import { EventEmitter } from "node:events";
      class Core extends EventEmitter { waiting = []; tell(event, ...args) {
        if (this.listenerCount(event) === 0) this.waiting.push({ event, args }); else this.emit(event, ...args); } }
      const core = new Core(); core.tell("user-feedback", { a: 1 }); core.tell("console-log", { b: 1 });
        core.tell("consent-request", { c: 1 });`,
    events: [],
  },
  "log records, where the address of each signal is made of a variable": {
    code: `const base = (path) => { const e = process.env.OTEL_EXPORTER_OTLP_ENDPOINT; return e.endsWith("/") ? e + path : e + "/" + path; };
      class Exporter { constructor(own, path) { this.url = own ?? base(path); }
        export(data) { fetch(this.url, { method: "POST", body: JSON.stringify({ resource: data }) }); } }
      class Logger { constructor(e) { this.e = e; } emit(record) { this.e.export([record]); } }
      const metrics = new Exporter(process.env.OTEL_EXPORTER_OTLP_METRICS_ENDPOINT, "v1/metrics"); metrics.export([1]); const traces = new Exporter(process.env.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT, "v1/traces"); traces.export([2]);
      new Logger(new Exporter(process.env.OTEL_EXPORTER_OTLP_LOGS_ENDPOINT, "v1/logs")).emit({ body: "tool_run", attributes: { ms: 1 } });`,
    events: [
      "tool_run(ms) -> {OTEL_EXPORTER_OTLP_ENDPOINT}/v1/logs and {OTEL_EXPORTER_OTLP_ENDPOINT}v1/logs and {OTEL_EXPORTER_OTLP_LOGS_ENDPOINT}",
    ],
  },
  "a logger that leads to no request": {
    code: `class Silent { emit(e) { console.log(e.body); } } const logger = new Silent();
      class Users { export(records) { fetch("http://localhost:4318/v1/logs", { method: "POST", body: JSON.stringify({ resourceLogs: records }) }); } }
      new Users().export([]);
      function log(name, attributes) { logger.emit({ body: name, attributes }); } log("app_closed", { code: 1 });`,
    events: ["app_closed(code) -> unknown"],
  },
};

test.each(Object.entries(PROGRAMS))("%s", (_way, { code, events }) => {
  expect(eventsIn(code)).toEqual(events);
});
