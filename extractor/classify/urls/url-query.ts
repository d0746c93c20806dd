import type { Hole } from "../../model/template.ts";
import { holeIndex, holeMark, MARK } from "../../url/hole-marks.ts";
import { foldMarks, type UrlForm } from "./url-form.ts";

const memberName = (member: string) => foldMarks(member.split("=")[0]!);

/** Names in the query that are spelled out. */
export function queryNames({ query }: UrlForm): string[] {
  return query
    .split("&")
    .map(memberName)
    .filter((name) => name !== "" && !name.includes("{}"));
}

/** The first form, and after its query the members that only the second has. */
export function mergeQueries(a: UrlForm, b: UrlForm): UrlForm {
  const known = new Set(a.query.split("&").map(memberName));
  const more = b.query.split("&").filter((member) => !known.has(memberName(member)));
  if (more.length === 0) return a;
  const holes: Hole[] = [...a.holes];
  const moved = more.join("&").replace(MARK, (mark) => {
    holes.push(b.holes[holeIndex(mark)]!);
    return holeMark(holes.length - 1);
  });
  return { ...a, query: a.query === "" ? moved : `${a.query}&${moved}`, holes };
}
