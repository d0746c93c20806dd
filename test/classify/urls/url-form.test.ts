import { describe, expect, test } from "vitest";
import { formKey, printForm, urlForm } from "../../../extractor/classify/urls/url-form.ts";
import { url } from "../findings.ts";

describe("key of a template", () => {
  test.each([
    ["HTTPS://API.Example.COM/V1/Items", "https://api.example.com/V1/Items"],
    ["https://api.example.com/v1/", "https://api.example.com/v1"],
    ["https://api.example.com/", "https://api.example.com"],
    ["https://api.example.com:443/a", "https://api.example.com/a"],
    ["http://api.example.com:443/a", "http://api.example.com:443/a"],
    ["https://api.example.com/a?b=c&d={id}#e", "https://api.example.com/a"],
    ["https://api.example.com?b=c", "https://api.example.com"],
    ["https://somebody:secret@api.example.com/a", "https://api.example.com/a"],
    ["https://{token}@git.example.com/a.git", "https://git.example.com/a.git"],
    ["https://api.example.com/a/{id}/b", "https://api.example.com/a/{}/b"],
    ["https://{region}.Example.com/a", "https://{}.example.com/a"],
    ["https://api.example.com{path}", "https://api.example.com/{}"],
    ["https://api.example.com:8443{path}/a", "https://api.example.com:8443/{}/a"],
    ["https://api.{region}.example.com{path}", "https://api.{}.example.com/{}"],
    ["http://192.0.2.7{path}", "http://192.0.2.7/{}"],
    ["https://api.ex{env}.example.com/a", "https://api.ex{}.example.com/a"],
    ["https://api.example{tld}/a", "https://api.example{}/a"],
    ["https://api.example.com:{port}/a", "https://api.example.com:{}/a"],
    ["{baseUrl}/token", "{}/token"],
    ["{baseUrl}v1/models", "{}/v1/models"],
    ["{registry}@scope/name/-/name-1.0.0.tgz", "{}/@scope/name/-/name-1.0.0.tgz"],
    ["{user}@git.example.com/a.git", "git.example.com/a.git"],
    ["{region}.example.com/a", "{}.example.com/a"],
    ["{host}:{port}/sse", "{}:{}/sse"],
    ["/v1/models", "{}/v1/models"],
    ["v1/models", "{}/v1/models"],
    ["//cdn.example.com/a", "cdn.example.com/a"],
    ["api.example.com/a", "api.example.com/a"],
    ["localhost:3000/a", "localhost:3000/a"],
    ["npm:left-pad", "npm:left-pad"],
    ["npm:{package}", "npm:{}"],
    ["git@git.example.com:owner/repo.git", "ssh://git.example.com/owner/repo.git"],
    ["git@git.example.com:{repo}.git", "ssh://git.example.com/{}.git"],
    ["https://[::1]:8080/a", "https://[::1]:8080/a"],
    ["https://api.example.com//twice/a", "https://api.example.com//twice/a"],
  ])("%s -> %s", (text, key) => {
    expect(formKey(urlForm(url(text))!)).toBe(key);
  });

  test("a placeholder written in the source is a hole, whatever stands in it", () => {
    expect(formKey(urlForm(["https://{Region}.{Result#suffix}/a"])!)).toBe("https://{}.{}/a");
  });

  test("a lonely brace doesn't swallow the rest", () => {
    expect(formKey(urlForm(["https://api.example.com/{a/b"])!)).toBe("https://api.example.com/%7Ba/b");
  });

  test("private characters of the source cannot pose as holes", () => {
    expect(formKey(urlForm(["https://api.example.com/\ue000"])!)).toBe("https://api.example.com/\ufffd");
  });
});

test.each([
  "data:text/plain,a",
  "file:///etc/hosts",
  "blob:x",
  "about:blank",
  "javascript:void(0)",
  "{tmpdir}/tool-{pid}/app.sock",
  String.raw`\\.\pipe\tool`,
  // a host that no client would look up
  "tcp://https::{port}",
])("%s goes nowhere", (text) => {
  expect(urlForm([text])).toBeNull();
});

test.each([
  ["{u.protocol}//{u.host}{u.pathname}/worker", "{origin}{u.pathname}/worker"],
  ["{protocol}//{hostname}:{port}/health", "{origin}/health"],
  ["{scheme}://{host}/a", "{origin}/a"],
  ["{env:PROTOCOL}//{host}/a", "{PROTOCOL}//{host}/a"],
  ["{protocol}//api.{region}.example.com/a", "{protocol}//api.{region}.example.com/a"],
  ["{base}//{name}/a", "{base}//{name}/a"],
])("a scheme and a host that are open are one origin: %s", (written, printed) => {
  expect(printForm(urlForm(url(written))!, ({ name }) => name, false)).toBe(printed);
});

test("only a page keeps its fragment", () => {
  const form = urlForm(["https://example.com/a?b=1#c"])!;
  expect(printForm(form, () => "", false)).toBe("https://example.com/a?b=1");
  expect(printForm(form, () => "", true)).toBe("https://example.com/a?b=1#c");
});

test.each([
  ["https://api.example.com/a?b=c&", "https://api.example.com/a?b=c"],
  ["https://api.example.com/a?&b=c&&d={id}", "https://api.example.com/a?b=c&d={id}"],
  ["https://api.example.com/a?&", "https://api.example.com/a"],
])("empty pairs of a query are left out: %s", (written, printed) => {
  expect(printForm(urlForm(url(written))!, ({ name }) => name, false)).toBe(printed);
});

test("a text handed over in the query is not told word by word", () => {
  const form = urlForm([`https://example.com/compare?quick=1&body=${"Dear%20all%20".repeat(20)}&title=Hello`])!;
  expect(printForm(form, ({ name }) => name, false)).toBe(
    "https://example.com/compare?quick=1&body={body}&title=Hello",
  );
});
