import { describe, expect, test } from "vitest";
import { choosePlatform, platformPackages } from "../../extractor/acquire/platform.ts";

const wrapper = (optionalDependencies: unknown, name = "@maker/tool", version = "1.2.3") =>
  JSON.stringify({ name, version, optionalDependencies });

describe("platformPackages", () => {
  test("finds those of the package itself", () => {
    const json = wrapper({ "@maker/tool-darwin-arm64": "1.2.3", "@maker/tool-linux-x64": "1.2.3" });
    expect(platformPackages(json)).toEqual([
      { name: "@maker/tool-linux-x64", spec: "@maker/tool-linux-x64@1.2.3", platform: "linux-x64" },
      { name: "@maker/tool-darwin-arm64", spec: "@maker/tool-darwin-arm64@1.2.3", platform: "darwin-arm64" },
    ]);
  });

  test("resolves npm aliases", () => {
    const json = wrapper({ "@maker/tool-linux-x64": "npm:@maker/tool@1.2.3-linux-x64" });
    expect(platformPackages(json).map((p) => p.spec)).toEqual(["@maker/tool@1.2.3-linux-x64"]);
  });

  test("prefers the plain build, whatever the order", () => {
    const names = ["tool-linux-x64-baseline-musl", "tool-linux-x64-musl", "tool-linux-x64", "tool-linux-x64-baseline"];
    for (const order of [names, [...names].reverse()]) {
      const json = wrapper(Object.fromEntries(order.map((name) => [name, "1.2.3"])), "tool-cli");
      expect(platformPackages(json).map((p) => p.name)).toEqual(["tool-linux-x64"]);
    }
    const musl = wrapper({ "tool-linux-x64-musl": "1.2.3" }, "tool-cli");
    expect(platformPackages(musl).map((p) => p.name)).toEqual(["tool-linux-x64-musl"]);
  });

  test("knows other spellings, and a scope of its own", () => {
    const json = wrapper(
      { "@tool/linux-x86_64": "1.2.3", "@tool/windows-amd64": "1.2.3", "@tool/macos-aarch64": "1.2.3" },
      "tool",
    );
    expect(platformPackages(json).map(({ platform, name }) => [platform, name])).toEqual([
      ["linux-x64", "@tool/linux-x86_64"],
      ["darwin-arm64", "@tool/macos-aarch64"],
      ["win32-x64", "@tool/windows-amd64"],
    ]);
  });

  test.each([
    ["@tool/linux-64", "linux-x64"],
    ["@tool/windows-64", "win32-x64"],
    ["@tool/darwin-arm64", "darwin-arm64"],
    ["tool-win64", "win32-x64"],
    ["tool-mac-intel", "darwin-x64"],
    ["tool-aarch64-apple-darwin", "darwin-arm64"],
    ["tool-x86_64-unknown-linux-gnu", "linux-x64"],
    ["tool-x86_64-pc-windows-msvc", "win32-x64"],
  ])("%s is for %s", (name, platform) => {
    expect(platformPackages(wrapper({ [name]: "1.2.3" }, "tool")).map((each) => each.platform)).toEqual([platform]);
  });

  test("leaves libraries' binaries alone", () => {
    expect(platformPackages(wrapper({ "@img/codec-linux-x64": "^0.34.2" }))).toEqual([]);
    expect(platformPackages(wrapper({ "linux-tools": "1.2.3", fsevents: "1.2.3" }))).toEqual([]);
  });

  test("takes nothing that isn't from a registry", () => {
    for (const wanted of [
      "git+https://x.invalid/a.git",
      "https://x.invalid/a.tgz",
      "file:../a",
      "npm:../../a@1",
      "a/b",
    ])
      expect(platformPackages(wrapper({ "@maker/tool-linux-x64": wanted })), wanted).toEqual([]);
  });

  test("takes no name that could lead elsewhere", () => {
    for (const name of ["../tool-linux-x64", "@maker/../tool-linux-x64", "tool\n-linux-x64", "@maker/a/tool-linux-x64"])
      expect(platformPackages(wrapper({ [name]: "1.2.3" })), name).toEqual([]);
  });

  test("survives anything for a manifest", () => {
    for (const json of [
      "",
      "{",
      "null",
      "[]",
      "1",
      '"x"',
      wrapper(null),
      wrapper([1]),
      wrapper({ "tool-linux-x64": 3 }),
    ])
      expect(platformPackages(json), json).toEqual([]);
  });
});

describe("choosePlatform", () => {
  const all = platformPackages(wrapper({ "@maker/tool-linux-x64": "1.2.3", "@maker/tool-win32-x64": "1.2.3" }));
  const windows = all.filter(({ platform }) => platform === "win32-x64");

  test("takes the one asked for, else that of linux-x64, else the first", () => {
    expect(choosePlatform(all, "win32-x64")?.platform).toBe("win32-x64");
    expect(choosePlatform(all, null)?.platform).toBe("linux-x64");
    expect(choosePlatform(windows, null)?.platform).toBe("win32-x64");
  });

  test("has nothing to choose from where there is no wrapper", () =>
    expect(choosePlatform([], "win32-x64")).toBeNull());

  test("names what there is instead", () => {
    expect(() => choosePlatform(windows, "darwin-arm64")).toThrow(
      expect.objectContaining({ code: "not-found", hint: "choose --platform win32-x64 or all" }),
    );
  });
});
