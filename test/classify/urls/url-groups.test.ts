import { expect, test } from "vitest";
import { formKey, urlForm } from "../../../extractor/classify/urls/url-form.ts";
import { groupUrls } from "../../../extractor/classify/urls/url-groups.ts";
import { url } from "../findings.ts";

const mainOf = (...urls: string[]): string[] =>
  groupUrls(urls.flatMap((one) => urlForm(url(one)) ?? [])).map(({ main }) => formKey(main));

test.each([
  [
    "the same host with fewer labels",
    ["https://api.fed.acme.com/v1", "https://api.acme.com/v1"],
    "https://api.acme.com/v1",
  ],
  [
    "the plainest of several",
    ["https://api.fed.staging.acme.com/v1", "https://api.fed.acme.com/v1", "https://api.acme.com/v1"],
    "https://api.acme.com/v1",
  ],
  ["the first of hosts that differ", ["https://eu.acme.com/v1", "https://us.acme.com/v1"], "https://eu.acme.com/v1"],
  ["the first of two domains", ["https://api.acme.co.uk/v1", "https://co.uk/v1"], "https://api.acme.co.uk/v1"],
  [
    "the first where a label is open",
    ["https://api.{region}.acme.com/v1", "https://api.acme.com/v1"],
    "https://api.{}.acme.com/v1",
  ],
])("an address with alternatives is that of %s", (_what, urls, main) => {
  expect(mainOf(...urls)).toEqual([main]);
});
