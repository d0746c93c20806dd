import type { Call } from "../../ir/expression.ts";
import { CUT_KINDS, type DiagnosticLog } from "../../model/diagnostic.ts";
import type { CutSearch } from "../../model/report.ts";
import type { Unfollowed } from "../calls/caller-count.ts";
import { evidenceAt, type Locate } from "../calls/evidence.ts";

/** Which calls that may send were looked at in part, told by what the log counts meanwhile. */
export class CutSearches {
  readonly #found: CutSearch[] = [];
  readonly #log: DiagnosticLog;
  readonly #locate: Locate;
  #unfollowed: Unfollowed | null = null;

  constructor(log: DiagnosticLog, locate: Locate) {
    this.#log = log;
    this.#locate = locate;
  }

  /** Whatever is cut while `look` runs belongs to that call. */
  during<T>(call: Call, look: () => T): T {
    const before = this.#counts();
    this.#unfollowed = null;
    const result = look();
    const cut = Object.fromEntries(
      this.#counts().flatMap(([kind, count], i) => (count > before[i]![1] ? [[kind, count - before[i]![1]]] : [])),
    );
    if (Object.keys(cut).length > 0)
      this.#found.push({ cut, ...this.#callers(), evidence: evidenceAt(this.#locate, call.unit, call.at) });
    return result;
  }

  /** The search of the call that is looked at left callers out. */
  leftOut(unfollowed: Unfollowed | null): void {
    this.#unfollowed = unfollowed;
  }

  list(): readonly CutSearch[] {
    return this.#found;
  }

  #callers(): Pick<CutSearch, "callers"> {
    if (this.#unfollowed === null) return {};
    const { f, known, followed } = this.#unfollowed;
    return { callers: { name: f.name, known, followed, evidence: evidenceAt(this.#locate, f.unit, f.at) } };
  }

  #counts() {
    return CUT_KINDS.map((kind) => [kind, this.#log.countOf(kind)] as const);
  }
}
