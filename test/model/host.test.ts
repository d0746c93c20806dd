import { expect, test } from "vitest";
import { hostNames } from "../../extractor/model/host.ts";

const at = (...urls: string[]) => urls.map((url) => ({ url, alternatives: [] }));

test("names and addresses, each once, without port", () => {
  expect(
    hostNames(at("https://b.example/x", "https://b.example:8443/y", "http://[::1]:80/", "wss://a.example")),
  ).toEqual(["[::1]", "a.example", "b.example"]);
});

test("what is left where a value was missing, or brackets are wrong, is no host", () => {
  expect(
    hostNames(at("https://.example.com/x", "tcp://[example.com]:443/", "http://fd00:ec2::254/", "https://{h}/")),
  ).toEqual([]);
});
