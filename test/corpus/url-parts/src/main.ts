import { config } from "./config.js";

async function start(title: string): Promise<void> {
  const { openJob } = await import("./job.js");
  await openJob({ base: config().api, title });
}

start(process.argv[2] ?? "first");
