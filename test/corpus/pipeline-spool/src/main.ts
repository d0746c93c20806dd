import { randomUUID } from "node:crypto";
import { appendFile, mkdir } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";

const PREFIX = "unsent_events.";
const session = randomUUID();

const folder = () => join(process.env.ORBIT_HOME ?? join(homedir(), ".orbit"), "telemetry");

interface Logged {
  event: string;
  metadata: object;
}

class Uploader {
  private file() {
    return join(folder(), `${PREFIX}${session}.json`);
  }

  async upload(events: Logged[]) {
    const response = await fetch("https://events.orbitcli.dev/v1/upload", {
      method: "POST",
      body: JSON.stringify({ events }),
    });
    const { accepted = 0 } = (await response.json()) as { accepted?: number };
    if (accepted < events.length) await this.keep(this.file(), events.slice(accepted));
  }

  private async keep(path: string, events: Logged[]) {
    await mkdir(folder(), { recursive: true });
    await appendFile(path, events.map((event) => `${JSON.stringify(event)}\n`).join(""));
  }
}

const uploader = new Uploader();
const logEvent = (event: string, metadata: object = {}) => uploader.upload([{ event, metadata }]);

async function main() {
  await logEvent("orbit_opened", { cold: true });
  await logEvent("orbit_listed", { count: 2 });
  await logEvent("orbit_closed");
}

main();
