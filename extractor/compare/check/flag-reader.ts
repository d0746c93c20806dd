import type { Exchange } from "../../model/exchange.ts";
import type { Report } from "../../model/report.ts";
import { isOn } from "../../model/switches/gates.ts";
import type { Flags } from "./dormancy.ts";

const SCALAR = String.raw`true|false|null|-?\d+(?:\.\d+)?|"[\w.:/ -]{0,80}"`;

/**
 * Values of the report's remote flags as answers in the capture gave them: `"flag": true`, or an object with a
 * default.
 */
export class FlagReader {
  readonly #pattern: RegExp | null;
  readonly #values = new Map<string, string>();

  constructor(report: Report) {
    const names = new Set<string>();
    for (const { gates } of [...report.endpoints, ...report.events]) {
      for (const { kind, name } of gates) if (kind === "flag" && /^[\w.:-]{3,}$/.test(name)) names.add(name);
    }
    const escaped = [...names].map((name) => name.replaceAll(".", "\\."));
    const value = String.raw`(?:(${SCALAR})|\{[^{}]{0,300}?"(?:defaultValue|value|default)"\s*:\s*(${SCALAR}))`;
    this.#pattern = names.size === 0 ? null : new RegExp(String.raw`"(${escaped.join("|")})"\s*:\s*${value}`, "g");
  }

  add({ response }: Exchange): void {
    if (this.#pattern === null || response?.text == null || !/^\s*[[{]/.test(response.text)) return;
    for (const [, name, plain, nested] of response.text.matchAll(this.#pattern)) {
      this.#values.set(name!, shown((plain ?? nested)!));
    }
  }

  values(): Flags {
    return this.#values;
  }
}

/** Texts may be anything, keys among them: only whether they switch something off is kept. */
function shown(value: string): string {
  if (!value.startsWith('"')) return value;
  const text = value.slice(1, -1);
  return isOn(text) ? "text" : text;
}
