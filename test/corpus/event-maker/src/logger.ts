import { Ring } from "./ring.js";

enum EventName {
  Started = "start_session",
  Prompt = "new_prompt",
  Tool = "tool_call",
  Ended = "end_session",
}

interface Metadata {
  key: number;
  value: string;
}

interface LogEvent {
  console_type: string;
  application: number;
  event_name: string;
  event_metadata: Metadata[][];
  client_email?: string;
  client_install_id?: string;
}

const FLUSH_AFTER_MS = 60_000;
const MOST_EVENTS = 1000;

/** Makes an event of each name, and sends what has gathered. */
export class UsageLogger {
  private readonly events = new Ring<{ event_time_ms: number; source_extension_json: string }[]>(MOST_EVENTS);
  private readonly sessionData: Metadata[] = [{ key: 4, value: "s-1" }];
  private lastFlush = 0;

  constructor(private readonly email: string | undefined) {}

  private queue(event: LogEvent) {
    this.events.push([{ event_time_ms: Date.now(), source_extension_json: JSON.stringify(event) }]);
  }

  private basicEvent(name: string, data: Metadata[] = []): LogEvent {
    const all = [...data, { key: 39, value: process.platform }];
    const event: LogEvent = { console_type: "ORBIT", application: 7, event_name: name, event_metadata: [all] };
    if (this.email) event.client_email = this.email;
    else event.client_install_id = "i-1";
    return event;
  }

  private event(name: string, data: Metadata[] = []): LogEvent {
    if (name !== EventName.Started) data.push(...this.sessionData);
    return this.basicEvent(name, data);
  }

  logStart(model: string) {
    this.queue(this.event(EventName.Started, [{ key: 1, value: model }]));
    this.flushIfNeeded();
  }

  logPrompt(length: number) {
    this.queue(this.event(EventName.Prompt, [{ key: 13, value: String(length) }]));
    this.flushIfNeeded();
  }

  logTool(name: string) {
    const event = this.event(EventName.Tool, [{ key: 14, value: name }]);
    this.queue(event);
    this.flushIfNeeded();
  }

  logEnd() {
    this.queue(this.event(EventName.Ended));
    return this.flush();
  }

  private flushIfNeeded() {
    if (Date.now() - this.lastFlush < FLUSH_AFTER_MS) return;
    void this.flush();
  }

  private async flush() {
    const waiting = this.events.toArray();
    this.events.clear();
    const request = [{ log_source_name: "ORBIT", request_time_ms: Date.now(), log_event: waiting }];
    await fetch("https://play.orbitcli.dev/log?format=json", { method: "POST", body: JSON.stringify(request) });
    this.lastFlush = Date.now();
  }
}
