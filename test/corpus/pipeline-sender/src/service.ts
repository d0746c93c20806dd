import { arch, platform } from "node:os";
import type { Account, Accounts } from "./account.js";
import { LineSender } from "./sender.js";

const OPEN_KEY = "5b1f9c0a-3d52-4a76-9c0e-2f1a6b7c8d90";
const GUARDED_KEY = "c2a4e6f8-1b3d-4f57-8a9c-0d1e2f3a4b5c";
const PREFIX = "orbit-cli";

export interface Noted {
  kind: string;
  properties?: Record<string, unknown>;
  metrics?: Record<string, number>;
  guarded?: boolean;
}

interface Envelope {
  name: string;
  time: string;
  iKey: string;
  tags: Record<string, string>;
  data: { baseType: string; baseData: { name: string; properties?: object; measurements?: object } };
}

interface Telemetry {
  sendEvent(name: string, properties?: object, measurements?: object): void;
  sendRecord(record: { name: string; guarded?: boolean; event: object }): void;
  dispose(): Promise<void>;
}

abstract class BaseService implements Telemetry {
  constructor(protected readonly accounts: Accounts) {}
  abstract sendEvent(name: string, properties?: object, measurements?: object): void;
  abstract sendRecord(record: { name: string; guarded?: boolean; event: object }): void;
  abstract dispose(): Promise<void>;

  note({ kind, properties = {}, metrics = {}, guarded }: Noted, common: object) {
    this.sendRecord({ name: "cli.telemetry", event: { kind, properties, metrics, ...common } });
    if (guarded) this.sendRecord({ name: "cli.guarded", guarded, event: { kind, properties, metrics, ...common } });
  }
}

/** Where nothing may be sent. */
export class SilentService extends BaseService {
  sendEvent() {}
  sendRecord() {}
  async dispose() {}
}

export class WireService extends BaseService {
  private sender: LineSender | undefined;
  private guardedSender: LineSender | undefined;
  private waiting: Envelope[] = [];
  private guardedWaiting: Envelope[] = [];
  private account: Account | undefined;
  private url: string | undefined;
  private readonly listener: (account: Account | null) => Promise<void>;

  constructor(accounts: Accounts) {
    super(accounts);
    this.listener = (account) => this.update(account);
    this.accounts.onChange(this.listener);
  }

  sendEvent(name: string, properties: object = {}, measurements?: object) {
    this.enqueue(name, { properties: { ...this.common(), ...properties }, measurements });
  }

  sendRecord({ name, guarded, event }: { name: string; guarded?: boolean; event: object }) {
    const record = { ...snakeCased(event), created_at: new Date().toISOString(), account_id: this.account?.id };
    this.enqueue(name, { properties: { payload: JSON.stringify(record) } }, guarded);
  }

  async dispose() {
    await Promise.all([this.sender?.dispose(), this.guardedSender?.dispose()]);
  }

  private enqueue(name: string, data: { properties?: object; measurements?: object }, guarded?: boolean) {
    const full = qualified(name);
    const envelope: Envelope = {
      name: full,
      time: new Date().toISOString(),
      iKey: guarded ? GUARDED_KEY : OPEN_KEY,
      tags: { user: this.account?.id ?? "" },
      data: { baseType: "EventData", baseData: { ...data, name: full } },
    };
    const sender = guarded ? this.guardedSender : this.sender;
    const waiting = guarded ? this.guardedWaiting : this.waiting;
    if (!sender) {
      waiting.push(envelope);
      return;
    }
    sender.enqueue(JSON.stringify(envelope));
  }

  private async update(account: Account | null) {
    if (account === null) return;
    this.account = account;
    const host = account.endpoints?.telemetry;
    if (!host) return;
    const url = `${host}/telemetry`;
    if (this.sender === undefined || url !== this.url) this.open(url);
  }

  private open(url: string) {
    this.url = url;
    this.sender = new LineSender(url);
    this.guardedSender = new LineSender(url);
    while (this.waiting.length > 0) {
      const next = this.waiting.shift();
      if (!next) break;
      this.sender.enqueue(JSON.stringify(next));
    }
    while (this.guardedWaiting.length > 0) {
      const next = this.guardedWaiting.shift();
      if (!next) break;
      this.guardedSender.enqueue(JSON.stringify(next));
    }
  }

  private common() {
    const fields: Record<string, string> = {};
    fields.common_os = platform();
    fields.common_arch = arch();
    fields.plan = this.account?.plan ?? "";
    return fields;
  }
}

function snakeCased(event: object): object {
  const copy: { properties?: object; metrics?: object } = { ...event };
  if (copy.properties != null) copy.properties = withSnakeCase(copy.properties);
  if (copy.metrics != null) copy.metrics = withSnakeCase(copy.metrics);
  return copy;
}

function withSnakeCase(from: object): object {
  const to: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(from)) to[key.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`)] = value;
  return to;
}

function qualified(name: string) {
  return name.startsWith(PREFIX) ? name : `${PREFIX}/${name}`;
}
