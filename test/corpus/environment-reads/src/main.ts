import { env } from "node:process";
import * as processModule from "node:process";

const all = process.env;
const { ORBIT_DESTRUCTURED, ORBIT_RENAMED: renamed, ...others } = env;

function getEnv(name: string, fallback = "") {
  return process.env[name] ?? fallback;
}

const enabled = (suffix: "CACHE" | "COLOR") => process.env[`ORBIT_${suffix}`] === "1";

console.log(
  process.env.ORBIT_MEMBER,
  process.env["ORBIT_COMPUTED"],
  all.ORBIT_ALIAS,
  processModule.env.ORBIT_NAMESPACE,
  globalThis.process.env.ORBIT_GLOBAL,
  getEnv("ORBIT_HELPER", "x"),
  enabled("CACHE"),
  "ORBIT_IN" in process.env,
  ORBIT_DESTRUCTURED,
  renamed,
  Object.keys(others).length > 0,
);

process.env.ORBIT_WRITTEN = "1";
fetch(`https://api.orbitcli.dev/v1/${getEnv("ORBIT_TENANT", "main")}/state`);
