import { UsageLogger } from "./logger.js";

async function main() {
  const logger = new UsageLogger(process.env.ORBIT_EMAIL);
  logger.logStart("small");
  logger.logPrompt(12);
  logger.logTool("edit");
  await logger.logEnd();
}

main();
