import type { Identifier } from "../../model/check.ts";
import type { FieldClasses } from "../match/data-classes.ts";
import { isFieldName } from "../match/field-name.ts";
import type { DocumentMember } from "../match/members.ts";

/** Values kept at a time; beyond it new ones are only counted. */
const MAX_VALUES = 50_000;
const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i;
const LONG_HEX = /^(?=.*\d)(?=.*[a-f])[\da-f]{16,128}$/i;

interface Row {
  names: Set<string>;
  requests: number;
  hosts: Set<string>;
  files: Set<string>;
}

/** Values that come with more than one request. They are kept while a capture is read, and never handed out. */
export class Identifiers {
  readonly #rows = new Map<string, Row>();
  readonly #classes: FieldClasses;
  #dropped = 0;

  constructor(classes: FieldClasses) {
    this.#classes = classes;
  }

  add(
    members: readonly DocumentMember[],
    headers: Record<string, string[]>,
    from: { host: string; file: string },
  ): void {
    const seen = new Set<string>();
    const take = (name: string, value: string) => {
      if (!this.#identifies(name, value)) return;
      const row = this.#rowOf(value);
      if (row === null) return;
      row.names.add(name);
      row.hosts.add(from.host);
      row.files.add(from.file);
      if (!seen.has(value)) row.requests++;
      seen.add(value);
    };
    for (const { name, value } of members) if (typeof value === "string" && isFieldName(name)) take(name, value);
    for (const [name, values] of Object.entries(headers)) {
      if (!SECRET_HEADER.test(name)) for (const value of values) take(`header ${name}`, value);
    }
  }

  #identifies(name: string, value: string): boolean {
    if (value.length < 6 || value.length > 200) return false;
    if (UUID.test(value) || LONG_HEX.test(value)) return true;
    // A user's name or mail address has no shape of its own; fields of that class with letters only are words like
    // `free`.
    return (
      /\d|@/.test(value) &&
      /id$|mail$|user|login|account/i.test(name) &&
      this.#classes.of(name.replace(/^header /, "")).includes("identity")
    );
  }

  #rowOf(value: string): Row | null {
    const known = this.#rows.get(value);
    if (known !== undefined) return known;
    if (this.#rows.size >= MAX_VALUES) {
      this.#dropped++;
      return null;
    }
    const row: Row = { names: new Set(), requests: 0, hosts: new Set(), files: new Set() };
    this.#rows.set(value, row);
    return row;
  }

  get dropped(): number {
    return this.#dropped;
  }

  /** One row per set of names; the most frequent value of it stands for the others. */
  list(): Identifier[] {
    const byNames = new Map<string, Identifier>();
    for (const { names, requests, hosts, files } of this.#rows.values()) {
      if (requests < 2) continue;
      const row = { names: [...names].sort(), requests, hosts: [...hosts].sort(), acrossCaptures: files.size > 1 };
      const known = byNames.get(row.names.join(" "));
      if (known === undefined || known.requests < requests) byNames.set(row.names.join(" "), row);
    }
    return [...byNames.values()].sort((a, b) => b.requests - a.requests || (a.names.join() < b.names.join() ? -1 : 1));
  }
}

/** What authenticates is counted as a secret, not as an identifier. */
const SECRET_HEADER = /authorization|cookie|api-key|token|secret|signature|etag|if-none-match|content-md5|traceparent/i;
