import { expect, test } from "vitest";
import { printTemplate } from "../../extractor/model/template.ts";
import { findIn } from "./find-in.ts";

/** The documented calls of each library, imported under its name, and all that they send. */
const CLIENTS: Record<string, { code: string; requests: string[] }> = {
  XMLHttpRequest: {
    code: `const x = new XMLHttpRequest(); x.open("PUT", "https://a.dev/x"); x.send("{}");`,
    requests: ["PUT https://a.dev/x"],
  },
  "sockets of the platform": {
    code: `import net from "node:net"; import tls from "node:tls"; import dgram from "node:dgram";
      new net.Socket().connect(9000, "a.dev"); new net.Socket().connect({ host: "b.dev", port: 9001 });
      tls.connect(443, "c.dev"); dgram.createSocket("udp4").send(Buffer.from("x"), 8125, "d.dev");`,
    requests: ["ANY tcp://a.dev:9000", "ANY tcp://b.dev:9001", "ANY tls://c.dev:443", "ANY udp://d.dev:8125"],
  },
  "a pipe or a socket in a folder is no host": {
    code: String.raw`import net from "node:net"; new net.Socket().connect("\\.\pipe\x-" + process.env.USER); net.connect("/run/x.sock");`,
    requests: [],
  },
  needle: {
    code: `import needle from "needle"; needle.post("https://a.dev/n", {}); needle("put", "https://a.dev/n/1", {}); needle.get("https://a.dev/g", cb);`,
    requests: ["GET https://a.dev/g", "POST https://a.dev/n", "PUT https://a.dev/n/1"],
  },
  request: {
    code: `const request = require("request"); request({ uri: "https://a.dev/r", method: "POST" }, cb); request.del("https://a.dev/r/1");
      const api = request.defaults({ baseUrl: "https://b.dev/v1" }); api.get("/me", cb);`,
    requests: ["DELETE https://a.dev/r/1", "GET https://b.dev/v1/me", "POST https://a.dev/r"],
  },
  "request-promise": {
    code: `import rp from "request-promise-native"; rp({ uri: "https://a.dev/rp", json: true });`,
    requests: ["GET https://a.dev/rp"],
  },
  superagent: {
    code: `import request from "superagent"; request("POST", "https://a.dev/s").end(cb); request.agent().put("https://a.dev/s/1").end(cb);`,
    requests: ["POST https://a.dev/s", "PUT https://a.dev/s/1"],
  },
  bent: {
    code: `const bent = require("bent"); const post = bent("https://a.dev/", "POST", "json", 200); post("path", {}); bent("json")("https://b.dev/j");`,
    requests: ["GET https://b.dev/j", "POST https://a.dev/path"],
  },
  phin: {
    code: `import phin from "phin"; phin({ url: "https://a.dev/p", method: "PATCH" }); phin("https://a.dev/g");`,
    requests: ["GET https://a.dev/g", "PATCH https://a.dev/p"],
  },
  "simple-get": {
    code: `const get = require("simple-get"); get("https://a.dev/a", cb); get.post({ url: "https://a.dev/b", body: "" }, cb); get.concat({ url: "https://a.dev/c", method: "PUT" }, cb);`,
    requests: ["GET https://a.dev/a", "POST https://a.dev/b", "PUT https://a.dev/c"],
  },
  "functions in the form of fetch": {
    code: `import a from "make-fetch-happen"; import b from "minipass-fetch"; import c from "cross-fetch"; import d from "isomorphic-unfetch";
      a("https://a.dev/1", { method: "POST" }); a.defaults({ retry: 2 })("https://a.dev/2"); b("https://a.dev/3"); c("https://a.dev/4", { method: "PUT" }); d("https://a.dev/5");`,
    requests: [
      "GET https://a.dev/2",
      "GET https://a.dev/3",
      "GET https://a.dev/5",
      "POST https://a.dev/1",
      "PUT https://a.dev/4",
    ],
  },
  "npm-registry-fetch": {
    code: `import fetch from "npm-registry-fetch"; fetch("/a", { registry: "https://r.dev" }); fetch.json("/b", { method: "PUT" });`,
    requests: ["GET https://r.dev/a", "PUT https://registry.npmjs.org/b"],
  },
  "@actions/http-client": {
    code: `import { HttpClient } from "@actions/http-client"; const c = new HttpClient("ua"); c.postJson("https://a.dev/j", {}); c.request("DELETE", "https://a.dev/d");`,
    requests: ["DELETE https://a.dev/d", "POST https://a.dev/j"],
  },
  urllib: {
    code: `import { request, HttpClient } from "urllib"; request("https://a.dev/u", { method: "POST" }); new HttpClient().request("https://a.dev/c");`,
    requests: ["GET https://a.dev/c", "POST https://a.dev/u"],
  },
  "form-data": {
    code: `import FormData from "form-data"; new FormData().submit("https://a.dev/form", cb); new FormData().submit({ host: "b.dev", path: "/up", protocol: "https:" }, cb);`,
    requests: ["POST https://a.dev/form", "POST https://b.dev/up"],
  },
  "follow-redirects": {
    code: `import { https } from "follow-redirects"; https.get("https://a.dev/f"); https.request({ hostname: "a.dev", path: "/f/1", method: "PUT" }).end();`,
    requests: ["GET https://a.dev/f", "PUT https://a.dev/f/1"],
  },
  "http-proxy": {
    code: `import httpProxy from "http-proxy"; httpProxy.createProxyServer({ target: "http://up.dev:9000" }).listen(8000);`,
    requests: ["ANY http://up.dev:9000"],
  },
  ofetch: {
    code: `import { ofetch, $fetch } from "ofetch"; $fetch("https://a.dev/o", { method: "POST" }); const api = ofetch.create({ baseURL: "https://a.dev/v2" }); api("/o", { method: "DELETE" });`,
    requests: ["DELETE https://a.dev/v2/o", "POST https://a.dev/o"],
  },
  wretch: {
    code: `import wretch from "wretch"; const api = wretch("https://a.dev").auth("Bearer x").options({}); api.url("/w").headers({}).post({}); api.get("/g");`,
    requests: ["GET https://a.dev/g", "POST https://a.dev/w"],
  },
  "ky, extended by a function": {
    code: `import ky from "ky"; const api = ky.create({ prefixUrl: "https://a.dev" }); api.extend((o) => ({ prefixUrl: o.prefixUrl + "/v2" })).get("ky/1");`,
    requests: ["GET https://a.dev/v2/ky/1"],
  },
  "socket.io": {
    code: `import { io } from "socket.io-client"; io("https://rt.dev/room");`,
    requests: ["WS https://rt.dev/room"],
  },
  "redis and ioredis": {
    code: `import Redis from "ioredis"; import { createClient } from "redis"; new Redis("rediss://a.dev:6379"); new Redis(6380, "b.dev"); new Redis({ host: "c.dev", port: 6381 });
      createClient({ url: "redis://d.dev" }); createClient({ socket: { host: "e.dev", port: 7000 } });`,
    requests: [
      "ANY redis://b.dev:6380",
      "ANY redis://c.dev:6381",
      "ANY redis://d.dev",
      "ANY redis://e.dev:7000",
      "ANY rediss://a.dev:6379",
    ],
  },
  "brokers of messages": {
    code: `import mqtt from "mqtt"; import amqp from "amqplib"; import { connect } from "nats"; import { Kafka } from "kafkajs";
      mqtt.connect("mqtts://a.dev"); amqp.connect("amqp://b.dev:5672"); connect({ servers: ["c.dev:4222", "d.dev:4222"] }); new Kafka({ clientId: "x", brokers: ["e.dev:9092"] });`,
    requests: [
      "ANY amqp://b.dev:5672",
      "ANY kafka://e.dev:9092",
      "ANY mqtts://a.dev",
      "ANY nats://c.dev:4222",
      "ANY nats://d.dev:4222",
    ],
  },
  databases: {
    code: `import pg from "pg"; import postgres from "postgres"; import mysql from "mysql2/promise"; import { MongoClient } from "mongodb"; import mongoose from "mongoose";
      new pg.Pool({ connectionString: "postgres://a.dev/db" }); new pg.Client({ host: "b.dev", port: 5432 }); postgres("postgres://c.dev/db");
      mysql.createConnection({ host: "d.dev", user: "u" }); new MongoClient("mongodb+srv://e.dev/db"); mongoose.connect("mongodb://f.dev/db");`,
    requests: [
      "ANY mongodb+srv://e.dev/db",
      "ANY mongodb://f.dev/db",
      "ANY mysql://d.dev",
      "ANY postgres://a.dev/db",
      "ANY postgres://b.dev:5432",
      "ANY postgres://c.dev/db",
    ],
  },
  "mail, shells, metrics": {
    code: `import nodemailer from "nodemailer"; import { Client } from "ssh2"; import { StatsD } from "hot-shots";
      nodemailer.createTransport({ host: "a.dev", port: 587 }); new Client().connect({ host: "b.dev", port: 22 }); new StatsD({ host: "c.dev", port: 8125 });`,
    requests: ["ANY smtp://a.dev:587", "ANY ssh://b.dev:22", "ANY udp://c.dev:8125"],
  },
  gRPC: {
    code: `const grpc = require("@grpc/grpc-js"); const loader = require("@grpc/proto-loader"); const { hello } = grpc.loadPackageDefinition(loader.loadSync("hello.proto"));
      new hello.Greeter("a.dev:50051", grpc.credentials.createInsecure());`,
    requests: ["ANY grpc://a.dev:50051"],
  },
  "browsers that are driven": {
    code: `import puppeteer from "puppeteer"; import { chromium } from "playwright";
      async function main() { const b = await puppeteer.launch(); const p = await b.newPage(); await p.goto("https://a.dev/p");
        const c = await chromium.launch(); const t = await (await c.newContext()).newPage(); await t.goto("https://b.dev/q"); } main();`,
    requests: ["GET https://a.dev/p", "GET https://b.dev/q"],
  },
  electron: {
    code: `const { net, BrowserWindow } = require("electron"); net.request({ url: "https://a.dev/e", method: "POST" }); net.fetch("https://a.dev/f"); new BrowserWindow({}).loadURL("https://a.dev/w");`,
    requests: ["GET https://a.dev/f", "GET https://a.dev/w", "POST https://a.dev/e"],
  },
  OpenAI: {
    code: `import OpenAI, { AzureOpenAI } from "openai"; const c = new OpenAI({ baseURL: "https://m.dev/v1" }); c.chat.completions.create({}); c.models.list(); c.files.retrieve("f1");
      new AzureOpenAI({ endpoint: "https://az.dev", deployment: "d" }).chat.completions.create({});`,
    requests: [
      "GET https://m.dev/v1/files/f1",
      "GET https://m.dev/v1/models",
      "POST https://az.dev/openai/deployments/d/chat/completions",
      "POST https://m.dev/v1/chat/completions",
    ],
  },
  "an address that a variable may change": {
    code: `import OpenAI from "openai"; new OpenAI().models.list();`,
    requests: ["GET https://api.openai.com/v1/models", "GET {OPENAI_BASE_URL}/models"],
  },
  "Anthropic, Bedrock, Vertex": {
    code: `import Anthropic from "@anthropic-ai/sdk"; import { AnthropicBedrock } from "@anthropic-ai/bedrock-sdk"; import { AnthropicVertex } from "@anthropic-ai/vertex-sdk";
      new Anthropic({ baseURL: "https://m.dev" }).messages.create({}); new AnthropicBedrock({ baseURL: "https://b.dev" }).messages.create({ model: "m1" });
      new AnthropicVertex({ region: "eu", projectId: "p", baseURL: "https://v.dev/v1" }).messages.create({ model: "m2" });`,
    requests: [
      "POST https://b.dev/model/m1/invoke",
      "POST https://m.dev/v1/messages",
      "POST https://v.dev/v1/projects/p/locations/eu/publishers/anthropic/models/m2:rawPredict",
    ],
  },
  "Cohere, Mistral, Groq, Gemini": {
    code: `import { CohereClientV2 } from "cohere-ai"; import { Mistral } from "@mistralai/mistralai"; import Groq from "groq-sdk"; import { GoogleGenAI } from "@google/genai";
      new CohereClientV2({ token: "t" }).chat({}); new Mistral({ serverURL: "https://mi.dev" }).chat.complete({}); new Groq({ baseURL: "https://gr.dev" }).chat.completions.create({});
      new GoogleGenAI({}).models.generateContent({ model: "g" });`,
    requests: [
      "POST https://api.cohere.com/v2/chat",
      "POST https://generativelanguage.googleapis.com/v1beta/models/g:generateContent",
      "POST https://gr.dev/openai/v1/chat/completions",
      "POST https://mi.dev/v1/chat/completions",
    ],
  },
  "models of the AI SDK": {
    code: `import { createOpenAI } from "@ai-sdk/openai"; import { anthropic } from "@ai-sdk/anthropic"; import { generateText } from "ai";
      const openai = createOpenAI({ baseURL: "https://o.dev/v1" }); generateText({ model: openai.chat("m"), prompt: "" }); generateText({ model: anthropic("c"), prompt: "" });`,
    requests: ["POST https://api.anthropic.com/v1/messages", "POST https://o.dev/v1/chat/completions"],
  },
  octokit: {
    code: `import { Octokit } from "@octokit/rest"; const o = new Octokit({ baseUrl: "https://git.dev" }); o.request("POST /repos/{owner}/{repo}/issues", { owner: "a", repo: "b" });
      o.rest.repos.get({ owner: "a", repo: "c" }); o.graphql("{ me }"); o.paginate("GET /orgs/:org/repos", { org: "x" });`,
    requests: [
      "GET https://git.dev/orgs/x/repos",
      "GET https://git.dev/repos/a/c",
      "POST https://git.dev/graphql",
      "POST https://git.dev/repos/a/b/issues",
    ],
  },
  "octokit's request alone, with what it was told before": {
    code: `import { request } from "@octokit/request";
      request({ method: "PUT", url: "/gists/{gist_id}/star", gist_id: "g" });
      const own = request.defaults({ baseUrl: "https://git.dev/api", url: "/graphql", method: "POST" });
      own({ query: "{ me }" }); own.defaults({ headers: {} })("GET /user");`,
    requests: [
      "GET https://git.dev/api/user",
      "POST https://git.dev/api/graphql",
      "PUT https://api.github.com/gists/g/star",
    ],
  },
  "clients that members hold and that are called themselves": {
    code: `import got from "got"; import axios from "axios"; import ky from "ky";
      class A { api = got.extend({ prefixUrl: "https://a.dev/v1" }); go() { return this.api("items"); } } new A().go();
      class B {
        constructor() { this.http = axios.create({ baseURL: "https://b.dev" }); }
        go() { return this.http({ url: "/x", method: "put" }); } }
      new B().go(); const all = { ky: ky.create({ prefixUrl: "https://c.dev" }) }; all.ky("y");
      class D { send = Object.defineProperty((p) => fetch("https://d.dev" + p), "name", { value: "send" }); }
      new D().send("/z");`,
    requests: ["GET https://a.dev/v1/items", "GET https://c.dev/y", "GET https://d.dev/z", "PUT https://b.dev/x"],
  },
  tRPC: {
    code: `import { createTRPCClient, httpLink, httpBatchLink } from "@trpc/client"; const api = createTRPCClient({ links: [httpBatchLink({ url: "https://a.dev/trpc" })] });
      api.user.me.query(); api.usage.report.mutate({});`,
    requests: ["GET https://a.dev/trpc/user.me", "POST https://a.dev/trpc/usage.report"],
  },
  "openapi-fetch": {
    code: `import createClient from "openapi-fetch"; const c = createClient({ baseUrl: "https://a.dev" }); c.GET("/posts/{id}", { params: { path: { id: "1" } } }); c.PUT("/posts", { body: {} });`,
    requests: ["GET https://a.dev/posts/{id}", "PUT https://a.dev/posts"],
  },
  "clients of GraphQL": {
    code: `import { ApolloClient, HttpLink } from "@apollo/client/core"; import { Client } from "@urql/core"; new ApolloClient({ link: new HttpLink({ uri: "https://a.dev/graphql" }) });
      new Client({ url: "https://b.dev/graphql" }).query("{ a }", {});`,
    requests: ["POST https://a.dev/graphql", "POST https://b.dev/graphql"],
  },
  "transports of MCP": {
    code: `import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js"; import { SSEClientTransport } from "@modelcontextprotocol/sdk/client/sse.js";
      new StreamableHTTPClientTransport(new URL("https://a.dev/mcp")); new SSEClientTransport(new URL("https://b.dev/sse"));`,
    requests: ["GET https://b.dev/sse", "POST https://a.dev/mcp"],
  },
  "Effect's HttpClient": {
    code: `import { HttpClient, HttpClientRequest } from "@effect/platform"; HttpClient.get("https://a.dev/e"); HttpClientRequest.post("https://a.dev/f");`,
    requests: ["GET https://a.dev/e", "POST https://a.dev/f"],
  },
  AWS: {
    code: `import { S3Client, PutObjectCommand } from "@aws-sdk/client-s3"; import { SQSClient } from "@aws-sdk/client-sqs"; import AWS from "aws-sdk";
      new S3Client({ endpoint: "https://s.dev" }).send(new PutObjectCommand({ Bucket: "b" })); new SQSClient({ region: "eu-west-1" }).send(x);
      new AWS.S3({ region: "us-east-1" }).getObject({ Bucket: "b", Key: "k" });`,
    requests: [
      "ANY https://s.dev/{Bucket}/{Key}",
      "GET https://s3.us-east-1.amazonaws.com/b/k",
      "POST https://sqs.eu-west-1.amazonaws.com/",
    ],
  },
  Azure: {
    code: `import { BlobServiceClient } from "@azure/storage-blob"; import { SecretClient } from "@azure/keyvault-secrets"; new BlobServiceClient("https://a.blob.dev"); new SecretClient("https://v.dev", c).getSecret("s");`,
    requests: ["ANY https://a.blob.dev", "GET https://v.dev/secrets/s"],
  },
  "Google's APIs": {
    code: `import { google } from "googleapis"; google.drive({ version: "v3" }).files.get({ fileId: "f" });`,
    requests: ["GET https://www.googleapis.com/drive/v3/files/f"],
  },
  "Slack's Web API": {
    code: `import { WebClient } from "@slack/web-api"; import { IncomingWebhook } from "@slack/webhook"; new WebClient("t").chat.postMessage({}); new WebClient("t", { slackApiUrl: "https://sl.dev/api/" }).users.list(); new IncomingWebhook("https://h.dev/x").send({});`,
    requests: [
      "POST https://h.dev/x",
      "POST https://sl.dev/api/users.list",
      "POST https://slack.com/api/chat.postMessage",
    ],
  },
  Supabase: {
    code: `import { createClient } from "@supabase/supabase-js"; const c = createClient("https://db.dev", "key"); c.from("events").insert({}); c.rpc("touch", {});`,
    requests: ["POST https://db.dev/rest/v1/events", "POST https://db.dev/rest/v1/rpc/touch"],
  },
  "exporters of OpenTelemetry": {
    code: `import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http"; import { OTLPLogExporter } from "@opentelemetry/exporter-logs-otlp-http"; new OTLPTraceExporter({ url: "https://o.dev/v1/traces" }); new OTLPLogExporter();`,
    requests: ["POST http://localhost:4318/v1/logs", "POST https://o.dev/v1/traces"],
  },
  "a DSN that a caller tells": {
    code: `import * as Sentry from "@sentry/node"; const DSN = "https://4df5c7d45a51dbfe003a2f5a8b95dea8@o1.errors.dev/456"; function start(on, dsn) { if (on) Sentry.init({ dsn }); } start(true, DSN);`,
    requests: ["POST https://o1.errors.dev/api/456/envelope/"],
  },
  "a DSN given to what a bundler made of the start": {
    code: `function init(o) { return start(o); } const DSN = "https://4df5c7d45a51dbfe003a2f5a8b95dea8@o2.errors.dev/7"; function on(enabled, dsn) { if (enabled) init({ dsn, sampleRate: 0 }); } on(true, DSN);`,
    requests: ["POST https://o2.errors.dev/api/7/envelope/"],
  },
  "another text under that name is no DSN": {
    code: `init({ dsn: "https://a.dev/x" }); connect({ dsn: "postgres://u@db.dev/1" });`,
    requests: [],
  },
  "a package of another name is none of these": {
    code: `import needle from "./needle.js"; import Redis from "my-redis"; needle.post("/x"); new Redis({ host: "a.dev" });`,
    requests: [],
  },
};

test.each(Object.entries(CLIENTS))("%s", (_name, { code, requests }) => {
  const found = findIn(code).requests.flatMap((r) => r.urls.map((url) => `${r.method} ${printTemplate(url)}`));
  expect([...new Set(found)].sort()).toEqual(requests);
});
