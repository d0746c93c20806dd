import { Manager } from "./session.js";
import { BoundSender, CountingSender, MemorySender, type Noted, Service, services } from "./telemetry.js";

const started = (shell: string): Noted => ({ kind: "orbit_started", properties: { shell } });
const listed = (count: number): Noted => ({ kind: "orbit_listed", properties: { count, sorted: count > 1 } });
const closed = (): Noted => ({ kind: "orbit_closed" });

async function main() {
  const service = new Service();
  const local = process.argv[2] === "count" ? new CountingSender() : new MemorySender();
  local.note(closed());
  const manager = new Manager(services({ bind: (session) => new BoundSender(service, session) }));
  const session = manager.open("s-1");
  session.note(started("zsh"));
  session.note(listed(2));
  session.note(closed());
  await session.close();
}

main();
