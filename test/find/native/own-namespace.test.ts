import { expect, test } from "vitest";
import { ownNamespace } from "../../../extractor/find/native/own-namespace.ts";

test.each([
  ["tool", "lib/index.node", "tool.start", "tool."],
  ["@maker/tool", "lib/index.node", "tool.start", "tool."],
  ["@maker/tool", "lib/index.node", "maker.tool.start", "maker.tool."],
  ["@maker/tool-linux-x64", "lib/index.node", "tool.start", "tool."],
  ["tool-linux-x64-musl", "lib/index.node", "tool.start", "tool."],
  ["tool-x86_64-unknown-linux", "lib/index.node", "tool.start", "tool."],
  ["@maker/tool", "lib/index.node", "tool_part.start", "tool_part."],
  ["good-tool", "lib/index.node", "good_tool.start", "good_tool."],
  ["tool-cli", "lib/index.node", "tool.start", "tool."],
  ["@maker/cli", "lib/index.node", "maker.start", "maker."],
  ["@maker/linux-x64", "lib/index.node", "maker.start", "maker."],
  ["@maker/cli", "bin/tool.exe", "tool.start", "tool."],
])("%s with %s calls its own %s", (name, binary, text, prefix) =>
  expect(ownNamespace(name, binary).exec(text)?.[0]).toBe(prefix),
);

test.each([
  ["@maker/tool", "lib/index.node", "maker.start"],
  ["@maker/tool", "lib/index.node", "index.start"],
  ["@maker/tool", "lib/index.node", "tools.start"],
  ["@maker/tool", "lib/index.node", "session.tool.start"],
  ["good-tool", "lib/index.node", "good.start"],
  ["tool-linux-x64", "lib/index.node", "linux.start"],
  ["", "", ".start"],
  ["@", "lib/index.node", "index.start"],
  ["(.*", "lib/index.node", "index.start"],
])("%s with %s does not call its own %s", (name, binary, text) =>
  expect(ownNamespace(name, binary).test(text)).toBe(false),
);
