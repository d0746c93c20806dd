/** What was skipped, cut or not understood. Nothing is dropped without one of these. */
export interface Diagnostic {
  kind: DiagnosticKind;
  count: number;
  /** One line for a reader: which file, which bound. The first few occurrences, not all of them. */
  detail: string;
}

export type DiagnosticKind =
  | "entry-refused"
  | "entry-link"
  | "entry-duplicate"
  | "entry-not-read"
  | "entry-too-large"
  | "invalid-utf8"
  | "integrity-unverified"
  | "split-unsure"
  | "parse-error"
  | "parse-recovered"
  | "nesting-too-deep"
  | "code-in-text"
  | "obfuscated"
  | "time-spent"
  | "memory-spent"
  | "stack-spent"
  | "unresolved-import"
  | "cut-alternatives"
  | "cut-parts"
  | "cut-depth"
  | "cut-fuel"
  | "cut-contexts"
  | "sink-unresolved"
  | "sink-local"
  | "url-refused"
  | "host-joined"
  | "rpc-uncalled"
  | "event-unresolved"
  | "event-refused"
  | "platform-unread"
  | "dependency-unread"
  | "program-downloaded"
  | "container-unsupported"
  | "container-corrupt"
  | "container-limit"
  | "duplicate-file"
  | "source-map"
  | "capture-damaged"
  | "capture-record"
  | "capture-unrecognised"
  | "capture-body"
  | "capture-limit";

/** What a bound of the analysis cut short. */
export const CUT_KINDS = [
  "cut-alternatives",
  "cut-contexts",
  "cut-depth",
  "cut-fuel",
  "cut-parts",
] as const satisfies readonly DiagnosticKind[];

export type CutKind = (typeof CUT_KINDS)[number];

/** What hung on how fast and how large the machine is: another run may find more, and none of it is kept. */
const OF_THE_MACHINE: ReadonlySet<DiagnosticKind> = new Set(["time-spent", "memory-spent", "stack-spent"]);

/** What cut a report short; nothing where it is whole. */
export const cutsShort = ({ diagnostics }: { diagnostics: readonly Diagnostic[] }): Diagnostic[] =>
  diagnostics.filter(({ kind }) => OF_THE_MACHINE.has(kind));

export const isPartial = (of: { diagnostics: readonly Diagnostic[] }): boolean => cutsShort(of).length > 0;

/** Counts diagnostics by kind and keeps the first details of each, so a report stays small however much was cut. */
export class DiagnosticLog {
  readonly #byKind = new Map<DiagnosticKind, { count: number; details: string[] }>();

  add(kind: DiagnosticKind, detail: string, count = 1): void {
    const row = this.#byKind.get(kind) ?? { count: 0, details: [] };
    row.count += count;
    if (row.details.length < 5 && !row.details.includes(detail)) row.details.push(detail);
    this.#byKind.set(kind, row);
  }

  countOf(kind: DiagnosticKind): number {
    return this.#byKind.get(kind)?.count ?? 0;
  }

  /** Those of another log. */
  addAll(diagnostics: readonly Diagnostic[]): void {
    for (const { kind, detail, count } of diagnostics) this.add(kind, detail, count);
  }

  list(): Diagnostic[] {
    return [...this.#byKind]
      .map(([kind, { count, details }]) => ({ kind, count, detail: details.join("; ") }))
      .sort((a, b) => (a.kind < b.kind ? -1 : 1));
  }
}
