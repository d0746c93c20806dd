import { expect, test } from "vitest";
import { printTemplate } from "../../extractor/model/template.ts";
import { findIn } from "./find-in.ts";

test.each([
  [`"https://api.given.dev/accounts/" + "" + ":sign"`, "https://api.given.dev/accounts/{name}:sign"],
  [`"https://api.given.dev/orgs/:orgUUID/keys"`, "https://api.given.dev/orgs/{orgUUID}/keys"],
  [`"https://api.given.dev/orgs/:orgUUID?all=1"`, "https://api.given.dev/orgs/{orgUUID}?all=1"],
  [`"https://api.given.dev/users/:userId"`, "https://api.given.dev/users/{userId}"],
  [`"https://api.given.dev/models/m:generateToken"`, "https://api.given.dev/models/m:generateToken"],
])("what a colon stands for in %s", (url, expected) => {
  expect(findIn(`fetch(${url});`).requests.flatMap(({ urls }) => urls.map(printTemplate))).toEqual([expected]);
});
