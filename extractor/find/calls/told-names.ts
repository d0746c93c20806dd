import { type Argument, literalText } from "../../evaluate/domain/value.ts";
import type { Questions } from "../../evaluate/engine/questions.ts";
import { argument } from "../../evaluate/transfer/compute.ts";
import { canonical } from "../../ir/program.ts";
import type { Func } from "../../ir/unit.ts";
import { FIND_BOUNDS } from "../bounds.ts";
import type { CallSite } from "./call-site.ts";

/**
 * Which parameters callers tell more of than a hole does that stands alone between two slashes of an address.
 *
 * `for (const name of ["a", "b"]) load(name)`   `latest("owner/tool")`: no one segment can be that
 */
export class ToldNames {
  readonly #ev: Questions;
  readonly #known = new Map<Func, Map<number, boolean>>();

  constructor(ev: Questions) {
    this.#ev = ev;
  }

  /** @param sites all that call the function */
  by(f: Func, index: number, sites: readonly CallSite[]): boolean {
    const known = this.#known.get(f) ?? new Map<number, boolean>();
    this.#known.set(f, known);
    let told = known.get(index);
    if (told === undefined) {
      told = sites.length > 0 && (sites.every(isItem) || this.#givePaths(index, sites));
      known.set(index, told);
    }
    return told;
  }

  /** Paths, and nothing else. */
  #givePaths(index: number, sites: readonly CallSite[]): boolean {
    return (
      index >= 0 &&
      sites.length <= FIND_BOUNDS.pathGivers &&
      sites.every(({ frame: { args } }) => {
        const given = args === null ? [] : this.#ev.ask(null, (ev) => argument(ev, args, index));
        return given.length > 0 && given.every((v) => PATH.test(literalText(v) ?? ""));
      })
    );
  }
}

/** `owner/tool`, and no address. */
const PATH = /^[\w.@-]+(\/[\w.@-]+)+$/;

const isItem = ({ frame }: CallSite): boolean => isWrittenOut(frame.args?.[0]);

/** Is an argument an item of a list that is written out? */
function isWrittenOut(given: Argument | undefined): boolean {
  if (given === undefined || !("expression" in given) || given.expression.kind !== "element") return false;
  const { argument: e } = given.expression;
  const list = e.kind === "ref" ? canonical(e.variable).definitions[0]?.expression : e;
  return (
    list?.kind === "array" &&
    list.items.length <= FIND_BOUNDS.writtenItems &&
    list.items.every((item) => item.kind === "literal")
  );
}
