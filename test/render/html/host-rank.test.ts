import { expect, test } from "vitest";
import { byStanding, standingOf } from "../../../extractor/render/html/host-rank.ts";

test.each([
  ["https://api.example.com/v1", "named"],
  ["https://{region}.example.com/v1", "named"],
  ["https://api-{region}.example.com:8443/", "named"],
  ["http://1.1.1.1/", "named"],
  ["{base}/v1", "open"],
  ["http://{host}:{port}/v1", "open"],
  ["{a}{b}:sign/", "open"],
  ["/run/tool.sock", "open"],
  ["http://localhost:4318/v1/logs", "local"],
  ["http://127.0.0.1:{port}/", "local"],
  ["http://169.254.169.254/latest", "local"],
  ["http://[::1]:80/", "local"],
])("%s: %s", (url, standing) => {
  expect(standingOf(url)).toBe(standing);
});

test("named hosts first, and otherwise as they were", () => {
  const urls = ["http://localhost/", "{b}/", "https://b.example/", "{a}/", "https://a.example/"];
  expect(byStanding(urls, (url) => url)).toEqual([
    "https://b.example/",
    "https://a.example/",
    "{b}/",
    "{a}/",
    "http://localhost/",
  ]);
});
