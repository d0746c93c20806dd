import { getLogger } from "./api.js";

const EVENT_OPENED = "orbit.opened";

interface Loggable {
  toBody(): string;
  toAttributes(): Record<string, unknown>;
}

export class Opened implements Loggable {
  constructor(private readonly files: number) {}
  toBody() {
    return `Opened ${this.files} files.`;
  }
  toAttributes() {
    return { "event.name": EVENT_OPENED, "session.id": "s-1", files: this.files };
  }
}

export class Closed implements Loggable {
  toBody() {
    return "Closed.";
  }
  toAttributes() {
    return { "event.name": "orbit.closed", "session.id": "s-1" };
  }
}

export function logOpened(event: Opened) {
  const logger = getLogger("orbit");
  const record = { body: event.toBody(), attributes: event.toAttributes() };
  logger.emit(record);
}

export function logClosed(event: Closed) {
  const logger = getLogger("orbit");
  logger.emit({ body: event.toBody(), attributes: event.toAttributes() });
}

export function logCrash(code: string) {
  getLogger("orbit").emit({ body: "orbit.crashed", attributes: { "event.name": "crashed", code } });
}
