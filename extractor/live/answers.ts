import { randomUUID } from "node:crypto";
import { anyOf, hostMatches, pathMatches } from "../classify/pattern.ts";
import type { Answer } from "../model/live-signature.ts";

export interface Asked {
  method: string;
  host: string;
  path: string;
  body: Buffer;
}

export interface Reply {
  status: number;
  headers: Record<string, string>;
  body: Buffer;
}

/** Where no answer fits: an empty document keeps most clients going. */
const NO_ANSWER: Answer = { json: {} };
/** Bodies are looked at for conditions up to here. */
const MAX_CONDITION_BYTES = 4 << 20;

/** Chooses what to say to a request; the first answer that fits, those for a host before those for all. */
export class Answers {
  readonly #answers: readonly Answer[];
  readonly #flags: ReadonlyMap<string, unknown>;

  /** @param flags value of each remote flag to serve */
  constructor(answers: readonly Answer[], flags: ReadonlyMap<string, unknown>) {
    this.#answers = [
      ...answers.filter(({ host }) => host !== undefined),
      ...answers.filter(({ host }) => host === undefined),
    ];
    this.#flags = flags;
  }

  find(asked: Asked, kind: "http" | "websocket"): Answer {
    const found = this.#answers.find(
      (answer) => (kind === "websocket" || answer.websocket === undefined) && fits(answer, asked),
    );
    return found ?? NO_ANSWER;
  }

  reply(answer: Answer, asked: Asked): Reply {
    const { status = 200, headers = {} } = answer;
    const fill = filler(asked);
    const [type, text] = this.#content(answer, fill);
    return {
      status,
      headers: { ...(type === null ? {} : { "content-type": type }), ...headers },
      body: Buffer.from(text),
    };
  }

  #content(answer: Answer, fill: (value: unknown) => unknown): [type: string | null, text: string] {
    const { json, text, events, flags } = answer;
    if (events !== undefined) {
      const written = events.map(({ event, data }) => {
        const filled = fill(data);
        const line = typeof filled === "string" ? filled : JSON.stringify(filled);
        return `${event === undefined ? "" : `event: ${event}\n`}data: ${line}\n\n`;
      });
      return ["text/event-stream; charset=utf-8", written.join("")];
    }
    if (flags !== undefined) {
      const each = [...this.#flags].map(([name, value]) => [
        name,
        replaced(flags.each, (t) => (t === "{{value}}" ? value : t)),
      ]);
      return [
        "application/json",
        JSON.stringify({ ...(fill(json ?? {}) as object), [flags.at]: Object.fromEntries(each) }),
      ];
    }
    if (text !== undefined) return ["text/plain; charset=utf-8", String(fill(text))];
    return json === undefined ? [null, ""] : ["application/json", JSON.stringify(fill(json))];
  }
}

function fits(answer: Answer, asked: Asked): boolean {
  return (
    anyOf(answer.method, asked.method, (wanted, method) => wanted === method) &&
    anyOf(answer.host, asked.host, hostMatches) &&
    anyOf(answer.path, asked.path, pathMatches) &&
    (answer.body === undefined ||
      new RegExp(answer.body).test(asked.body.toString("utf8", 0, Math.min(asked.body.length, MAX_CONDITION_BYTES))))
  );
}

/** Puts this request's values in the place of `{{…}}`; a text that is nothing else becomes the value itself. */
export function filler(asked: Asked): (value: unknown) => unknown {
  let document: unknown;
  const member = (path: string[]): unknown => {
    document ??= parsed(asked.body);
    return path.reduce((value, key) => (Object(value) as Record<string, unknown>)[key], document) ?? null;
  };
  const values: Record<string, (operand: string) => unknown> = {
    now: (seconds) => Math.floor(Date.now() / 1000) + Number(seconds || 0),
    iso: (seconds) => new Date(Date.now() + 1000 * Number(seconds || 0)).toISOString(),
    uuid: () => randomUUID(),
    host: () => asked.host,
    path: () => asked.path,
    body: (path) => member(path.split(".").slice(1)),
  };
  const filled = (text: string): unknown => {
    const [, name = "", operand = ""] = /^([a-z]+)(.*)$/.exec(text.trim()) ?? [];
    return values[name]?.(operand) ?? null;
  };
  return (value) =>
    replaced(value, (text) => {
      const whole = /^\{\{([^{}]*)\}\}$/.exec(text);
      return whole ? filled(whole[1]!) : text.replace(/\{\{([^{}]*)\}\}/g, (_, inner: string) => String(filled(inner)));
    });
}

/** A copy with every text replaced. */
function replaced(value: unknown, text: (text: string) => unknown): unknown {
  if (typeof value === "string") return text(value);
  if (Array.isArray(value)) return value.map((item) => replaced(item, text));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, replaced(item, text)]));
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    return null;
  }
}
