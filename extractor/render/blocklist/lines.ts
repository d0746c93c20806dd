import type { BlockPlan, PlannedHost } from "./plan.ts";
import { blockListHead, blockListTail, loss } from "./words.ts";

/** How a format of one entry per line writes things. */
export interface LineForm {
  /** What begins a comment. */
  comment: string;
  /** Lines for the head that say how to load the file. */
  howto: readonly string[];
  /** The entry of a host; null where the format has none for it, such as an address in a list of names. */
  entry(host: PlannedHost): string | null;
  /** Lines after the entries, such as the rule that uses them; only asked for where there is an entry. */
  rules?(plan: BlockPlan): string[];
}

/** A file in which each entry follows a comment with its reason and what breaks. */
export function renderLines(plan: BlockPlan, { comment, howto, entry, rules }: LineForm): string {
  const note = (line: string): string => `${comment} ${line}`.trimEnd();
  const entries = plan.blocked.flatMap((host) => {
    const line = entry(host);
    const why = loss(host);
    return line === null
      ? [note(`${host.host}: not blocked, since this format has no entry for addresses: ${why}`)]
      : [note(why), line];
  });
  const any = plan.blocked.some((host) => entry(host) !== null);
  const lines = [
    ...[...blockListHead(plan), ...howto].map(note),
    "",
    ...entries,
    ...(any ? (rules?.(plan) ?? []) : []),
    ...blockListTail(plan).map(note),
  ];
  return `${lines.join("\n")}\n`;
}

/** Hosts below a blocked one that must stay, for formats in which a name stands for everything below it. */
export function exceptions({ blocked, shared, kept, local }: BlockPlan): string[] {
  const names = blocked.filter(({ kind }) => kind === "name").map(({ host }) => host);
  return [...shared, ...kept, ...local]
    .map(({ host }) => host)
    .filter((host) => names.some((name) => host.endsWith(`.${name}`)));
}
