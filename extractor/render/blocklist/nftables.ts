import type { BlockPlan, PlannedHost } from "./plan.ts";
import { blockListHead, blockListTail, loss } from "./words.ts";

const TABLE = "endpoint_extractor";

/**
 * Sets and the rule that rejects them. A packet has no name, so the sets hold addresses: those the package spells
 * out, and those that dnsmasq puts in when a name is asked for.
 */
export function renderNftables(plan: BlockPlan): string {
  const names = plan.blocked.filter(({ kind }) => kind === "name");
  return [
    "#!/usr/sbin/nft -f",
    ...[
      ...blockListHead(plan),
      "Load with nft -f. Names are filled in by dnsmasq: put the lines that begin with nftset= into its configuration.",
      "Hosts of one content network share addresses: a list of names or a proxy blocks more exactly.",
    ].map(note),
    "",
    `table inet ${TABLE} {`,
    ...set(
      "blocked4",
      "ipv4_addr",
      plan.blocked.filter(({ kind }) => kind === "ipv4"),
    ),
    ...set(
      "blocked6",
      "ipv6_addr",
      plan.blocked.filter(({ kind }) => kind === "ipv6"),
    ),
    "\tchain output {",
    "\t\ttype filter hook output priority filter; policy accept;",
    "\t\tip daddr @blocked4 counter reject",
    "\t\tip6 daddr @blocked6 counter reject",
    "\t}",
    "}",
    "",
    ...names.flatMap((one) => [
      note(loss(one)),
      note(`nftset=/${one.host}/4#inet#${TABLE}#blocked4,6#inet#${TABLE}#blocked6`),
    ]),
    ...blockListTail(plan).map(note),
    "",
  ].join("\n");
}

const note = (line: string): string => `# ${line}`.trimEnd();

function set(name: string, type: string, hosts: readonly PlannedHost[]): string[] {
  const elements = hosts.flatMap((one) => [`\t\t\t# ${loss(one)}`, `\t\t\t${one.host.replace(/[[\]]/g, "")},`]);
  return [
    `\tset ${name} {`,
    `\t\ttype ${type}`,
    ...(elements.length === 0 ? [] : ["\t\telements = {", ...elements, "\t\t}"]),
    "\t}",
  ];
}
