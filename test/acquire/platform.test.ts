import { describe, expect, test } from "vitest";
import { parsePlatform, platformPackages } from "../../extractor/acquire/platform.ts";

const wrapper = (optionalDependencies: unknown, name = "@maker/tool", version = "1.2.3") =>
  JSON.stringify({ name, version, optionalDependencies });

describe("platformPackages", () => {
  test("picks the package of the platform", () => {
    const json = wrapper({ "@maker/tool-linux-x64": "1.2.3", "@maker/tool-darwin-arm64": "1.2.3" });
    expect(platformPackages(json, "linux-x64")).toEqual([
      { name: "@maker/tool-linux-x64", spec: "@maker/tool-linux-x64@1.2.3", platform: "linux-x64" },
    ]);
    expect(platformPackages(json, "darwin-arm64").map((p) => p.spec)).toEqual(["@maker/tool-darwin-arm64@1.2.3"]);
    expect(platformPackages(json, "win32-x64")).toEqual([]);
  });

  test("resolves npm aliases", () => {
    const json = wrapper({ "@maker/tool-linux-x64": "npm:@maker/tool@1.2.3-linux-x64" });
    expect(platformPackages(json, "linux-x64").map((p) => p.spec)).toEqual(["@maker/tool@1.2.3-linux-x64"]);
  });

  test("prefers the plain build, whatever the order", () => {
    const names = ["tool-linux-x64-baseline-musl", "tool-linux-x64-musl", "tool-linux-x64", "tool-linux-x64-baseline"];
    for (const order of [names, [...names].reverse()]) {
      const json = wrapper(Object.fromEntries(order.map((name) => [name, "1.2.3"])), "tool-cli");
      expect(platformPackages(json, "linux-x64").map((p) => p.name)).toEqual(["tool-linux-x64"]);
    }
    const musl = wrapper({ "tool-linux-x64-musl": "1.2.3" }, "tool-cli");
    expect(platformPackages(musl, "linux-x64").map((p) => p.name)).toEqual(["tool-linux-x64-musl"]);
  });

  test("knows other spellings, and a scope of its own", () => {
    const json = wrapper(
      { "@tool/linux-x86_64": "1.2.3", "@tool/windows-amd64": "1.2.3", "@tool/macos-aarch64": "1.2.3" },
      "tool",
    );
    expect(platformPackages(json, "all").map(({ platform, name }) => [platform, name])).toEqual([
      ["linux-x64", "@tool/linux-x86_64"],
      ["darwin-arm64", "@tool/macos-aarch64"],
      ["win32-x64", "@tool/windows-amd64"],
    ]);
  });

  test("leaves libraries' binaries alone", () => {
    expect(platformPackages(wrapper({ "@img/codec-linux-x64": "^0.34.2" }), "all")).toEqual([]);
    expect(platformPackages(wrapper({ "linux-tools": "1.2.3", fsevents: "1.2.3" }), "all")).toEqual([]);
  });

  test("takes nothing that isn't from a registry", () => {
    for (const wanted of [
      "git+https://x.invalid/a.git",
      "https://x.invalid/a.tgz",
      "file:../a",
      "npm:../../a@1",
      "a/b",
    ])
      expect(platformPackages(wrapper({ "@maker/tool-linux-x64": wanted }), "all"), wanted).toEqual([]);
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
      expect(platformPackages(json, "all"), json).toEqual([]);
  });
});

test("parsePlatform names the choices", () => {
  expect(parsePlatform("win32-x64")).toBe("win32-x64");
  expect(parsePlatform("all")).toBe("all");
  expect(() => parsePlatform("amiga-68k\u001b[2J")).toThrow(/unknown platform "amiga-68k[^\u001b]*"/);
});
