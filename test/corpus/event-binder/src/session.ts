import type { Binder, Noted, Sender } from "./telemetry.js";

export class Session {
  private sender: Sender | undefined;

  constructor(readonly id: string) {}

  setSender(sender: Sender | undefined) {
    this.sender = sender;
  }

  note(noted: Noted) {
    this.sender?.note(noted);
  }

  async close() {
    await this.sender?.done();
    this.setSender(undefined);
  }
}

export class Manager {
  private readonly bind: Binder;

  constructor(services: { bind: Binder }) {
    this.bind = services.bind;
  }

  open(id: string) {
    const session = new Session(id);
    session.setSender(this.bind(session));
    return session;
  }
}
