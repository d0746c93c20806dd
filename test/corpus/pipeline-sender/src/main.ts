import { Accounts } from "./account.js";
import { type Noted, SilentService, WireService } from "./service.js";

const opened = (files: number): Noted => ({ kind: "orbit_opened", properties: { shell: "zsh" }, metrics: { files } });
const failed = (code: string): Noted => ({ kind: "orbit_failed", properties: { code }, guarded: true });

const accounts = new Accounts();
const service = process.env.ORBIT_OFFLINE ? new SilentService(accounts) : new WireService(accounts);
const features = { WIDE_LAYOUT: "true", FAST_START: "false" };

class Session {
  constructor(private readonly sink: Pick<WireService, "note">) {}

  send(noted: Noted) {
    this.sink.note({ ...noted, properties: { ...noted.properties, pid: process.pid } }, this.common());
  }

  private common() {
    return { session_id: "s-1", features };
  }
}

async function main() {
  const session = new Session(service);
  session.send(opened(3));
  service.sendEvent("activate", { cold: true }, { took_ms: 4 });
  await accounts.signIn();
  session.send(failed("E1"));
  await service.dispose();
}

main();
