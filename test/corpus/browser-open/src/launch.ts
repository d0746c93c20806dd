import { spawn } from "node:child_process";

interface Launch {
  app?: string;
  wait?: boolean;
  target: string;
}

/** A program that the caller may choose, the system's own where it does not. */
async function start(given: Launch) {
  const launch = { wait: false, ...given };
  const words: string[] = [];
  let program: string;
  if (process.platform === "darwin") {
    program = "open";
    if (launch.wait) words.push("--wait-apps");
    if (launch.app) words.push("-a", launch.app);
  } else if (launch.app) program = launch.app;
  else program = "xdg-open";
  words.push(launch.target);
  const child = spawn(program, words, { stdio: "ignore", detached: true });
  child.on("error", () => {});
  child.unref();
  return child;
}

export const launch = (target: string, options: Partial<Launch> = {}) => start({ ...options, target });
