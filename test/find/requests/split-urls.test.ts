import { expect, test } from "vitest";
import { printTemplate } from "../../../extractor/model/template.ts";
import { findIn } from "../find-in.ts";

const urls = (remote: string) =>
  findIn(`function send(remote) {
    const names = remote.split("/");
    return fetch("https://x.dev/repos/" + names[0] + "/" + names[3] + "/pulls");
  }
  send(${JSON.stringify(remote)});`).requests.flatMap((request) => request.urls.map(printTemplate));

test("a path that is made of the names in another has none that is a scheme", () => {
  expect(urls("a/b/c/d")).toEqual(["https://x.dev/repos/a/d/pulls"]);
  expect(urls("https://y.dev/a/b")).toEqual(["https://x.dev/repos/{remote}/{remote}/pulls"]);
});
