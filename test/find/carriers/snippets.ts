import { readFileSync } from "node:fs";

/** A way on which a value goes through a program: statements, and the expression that has it in the end. */
export interface Carrier {
  name: string;
  statements: readonly string[];
  result: string;
  /** Of a client, the call of a path. */
  call: string;
}

export interface Snippet {
  name: string;
  method: string;
  url: string;
  code: string;
}

/**
 * `name`, indented statements, `=> result`, and for clients `-> call`; `$e` is what goes in, `$a` to `$h` are fresh
 * names.
 */
export function readCarriers(file: string): Carrier[] {
  const blocks = readFileSync(new URL(`./${file}`, import.meta.url), "utf8")
    .trim()
    .split("\n\n");
  return blocks.map((block) => {
    const [name = "", ...lines] = block.split("\n").map((line) => line.trim());
    const after = (mark: string): string => lines.find((line) => line.startsWith(mark))?.slice(mark.length) ?? "";
    return {
      name,
      statements: lines.filter((line) => !/^[=-]> /.test(line)),
      result: after("=> "),
      call: after("-> "),
    };
  });
}

/** Builds functions that each send one request to a host of their own. */
export class SnippetMaker {
  readonly snippets: Snippet[] = [];
  #fresh = 0;

  /** @param way `whole` carries the address, `host` its start: what follows is put behind it with `+` or a template */
  text(carriers: readonly Carrier[], way: "whole" | "host" | "template"): void {
    const { host, path, method } = this.#next();
    const [setup, carried] = this.#carried(carriers, `"${host}${way === "whole" ? path : ""}"`);
    const address = { whole: carried, host: `${carried} + "${path}"`, template: `\`\${${carried}}${path}\`` }[way];
    const sent = `await fetch(${address}, { method: "${method}" });`;
    this.#add(`${namesOf(carriers)} carry ${way}`, [...setup, sent]);
  }

  /** Carries the function that sends. */
  sender(carriers: readonly Carrier[]): void {
    const { host, path, method } = this.#next();
    const [setup, send] = this.#carried(carriers, `((u) => fetch(u, { method: "${method}" }))`);
    const name = this.#name();
    const statements = [...setup, `const ${name} = ${send};`, `await ${name}("${host}${path}");`];
    this.#add(`${namesOf(carriers)} carry a sender`, statements);
  }

  /** Carries a host into a client, and the client to where it is called. */
  client(client: Carrier, before: readonly Carrier[], after: readonly Carrier[]): void {
    const { host, path, method } = this.#next();
    const [setup, base] = this.#carried(before, `"${host}"`);
    const [made, instance] = this.#carried([client], base);
    const [more, held] = this.#carried(after, instance);
    const name = this.#name();
    const call = client.call.replace("$CLIENT", name).replace("$PATH", `"${path}"`);
    const statements = [...setup, ...made, ...more, `const ${name} = ${held};`, `await ${call};`];
    this.#add(
      `${namesOf(before)} into ${client.name}, ${namesOf(after)} carry it`,
      statements.map((line) => line.replaceAll("$METHOD", method)),
    );
  }

  #next(): { host: string; path: string; method: string } {
    const id = this.snippets.length + 1;
    return { host: `https://h${id}.t${id}.dev`, path: `/p${id}/x`, method: ["GET", "POST", "PUT"][id % 3]! };
  }

  #add(name: string, statements: readonly string[]): void {
    const { host, path, method } = this.#next();
    const id = this.snippets.length + 1;
    const code = `async function s${id}() {\n  ${statements.join("\n  ")}\n}`;
    this.snippets.push({ name, method, url: host + path, code });
  }

  #carried(carriers: readonly Carrier[], value: string): [statements: string[], result: string] {
    const statements: string[] = [];
    let e = value;
    for (const carrier of carriers) {
      if (e.includes("await ")) {
        const name = this.#name();
        statements.push(`const ${name} = ${e};`);
        e = name;
      }
      const names = new Map<string, string>();
      const filled = (text: string): string =>
        text.replace(/\$([a-h])(?![A-Za-z])/g, (_, letter: string) => {
          if (letter === "e") return e;
          const name = names.get(letter) ?? this.#name();
          names.set(letter, name);
          return name;
        });
      statements.push(...carrier.statements.map(filled));
      e = filled(carrier.result);
    }
    return [statements, e];
  }

  #name(): string {
    return `v${++this.#fresh}`;
  }
}

const namesOf = (carriers: readonly Carrier[]): string => carriers.map(({ name }) => name).join(" ") || "nothing";

/** The same numbers from 0 to 1 for the same seed (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
