#!/usr/bin/env node
// A tool of which nobody knows how it is run: its help says so.
const [word, ...rest] = process.argv.slice(2);
const base = "https://api.unknown-tool.example";
const ask = async (path, body) => {
  const headers = { "x-api-key": process.env.UNKNOWN_TOOL_API_KEY ?? "", "content-type": "application/json" };
  const response = await fetch(base + path, { method: "POST", headers, body: JSON.stringify(body) });
  return response.text();
};
if (word === "--version") console.log("1.0.0");
else if (word === "--help") {
  console.log(`Usage: unknown-tool [options] [command]

Options:
  -q, --query <text>  ask something and print the answer
  --version           print the version

Commands:
  login               sign in`);
} else if (word === "--query") {
  if (process.env.UNKNOWN_TOOL_API_KEY === undefined) {
    console.error("UNKNOWN_TOOL_API_KEY is not set");
    process.exit(3);
  }
  await ask("/v1/ask", { question: rest[0] });
} else if (word === "login") await ask("/v1/device", {});
else process.exit(2);
