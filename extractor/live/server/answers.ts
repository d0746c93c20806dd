import { anyOf, hostMatches, pathMatches } from "../../classify/urls/pattern.ts";
import type { Answer } from "../../model/signatures/live-signature.ts";
import { type Asked, filler, replaced } from "./placeholders.ts";

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
