import { spawn } from "node:child_process";

export function openBrowser(url: string) {
  const program = process.platform === "darwin" ? "open" : process.platform === "win32" ? "explorer" : "xdg-open";
  return new Promise<void>((resolve) => {
    spawn(program, [url], { stdio: "ignore", detached: true }).on("close", () => resolve());
  });
}
