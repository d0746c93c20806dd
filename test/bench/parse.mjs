// The yardstick: what it costs to parse one file and do nothing with it. node parse.mjs FILE
import { readFileSync } from "node:fs";
import { parse } from "@babel/parser";

const { program } = parse(readFileSync(process.argv[2], "utf8"), {
  sourceType: "module",
  errorRecovery: true,
  allowReturnOutsideFunction: true,
});
if (program.body.length === 0) process.exitCode = 1;
