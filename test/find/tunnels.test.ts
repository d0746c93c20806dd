import { expect, test } from "vitest";
import { printTemplate } from "../../extractor/model/template.ts";
import { findIn } from "./find-in.ts";

/** Through a proxy that the user names, as clients that write to the tunnel themselves do. */
const through = (path: string, method = "CONNECT") => `
  import http from "node:http";
  const send = (address) => {
    const proxy = new URL(process.env.HTTPS_PROXY), to = new URL(address);
    return http.request({ host: proxy.hostname, port: proxy.port, method: "${method}", path: ${path} });
  };
  send("https://x.dev/token");`;

const requests = (text: string) =>
  findIn(text).requests.map((r) => `${r.kind} ${r.method} ${r.urls.map(printTemplate).join(" ")}`);

test.each([
  ["a host", "to.hostname", ["socket ANY tcp://x.dev"]],
  ["a host and a port", "to.hostname + ':443'", ["socket ANY tcp://x.dev:443"]],
  ["a host nobody knows", "process.env.TARGET", []],
])("what a proxy is asked to reach is connected to, and no path of the proxy: %s", (_name, path, expected) =>
  expect(requests(through(path))).toEqual(expected),
);

test("any other method asks the proxy itself", () =>
  expect(requests(through("'/status'", "GET"))).toEqual([expect.stringMatching(/^request GET http:.*\/status$/)]));
