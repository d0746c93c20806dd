import { expect, test } from "vitest";
import { splitAddress } from "../../extractor/render/address.ts";

test.each([
  ["https://api.acme.example/v1/{id}", "api.acme.example", "/v1/{id}"],
  ["wss://api.acme.example", "api.acme.example", "/"],
  ["https://api.acme.example:8443?x={y}", "api.acme.example:8443", "?x={y}"],
  ["http://localhost:1/a", "http://localhost:1", "/a"],
  ["{base}/v1", "{base}", "/v1"],
  ["{answer of https://a.example/b}/v1", "{answer of https://a.example/b}", "/v1"],
  ["https://{region}.acme.example/x", "{region}.acme.example", "/x"],
  ["/relative", "", "/relative"],
  ["", "", "/"],
])("%s", (url, host, path) => expect(splitAddress(url)).toEqual({ host, path }));
