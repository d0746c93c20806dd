import type { Apart } from "../../model/apart.ts";
import { grouped } from "../../model/group.ts";
import type { Endpoint } from "../../model/report.ts";
import { splitAddress } from "../address.ts";
import { count } from "../count.ts";
import { visible, visibleHost } from "../terminal.ts";
import { heading, longest, type Page, wrap } from "./page.ts";

const HOSTS = 20;

const WHY = {
  library: "that bundled libraries make on their own",
  metadata: "of a cloud's metadata service on the machine itself",
  test: "in files of tests, fixtures or examples",
} satisfies Record<Apart["why"], string>;

/** What isn't the program's own: a line for each host, the metadata services in one. */
export function apartLines(endpoints: readonly Endpoint[], sheet: Page): string[] {
  if (endpoints.length === 0) return [];
  const byWhy = grouped(endpoints, ({ apart }) => apart!.why);
  return (Object.keys(WHY) as Apart["why"][]).flatMap((why) => {
    const own = byWhy.get(why) ?? [];
    if (own.length === 0) return [];
    const title = why === "library" ? "bundled SDKs" : why === "metadata" ? "metadata services" : "tests and examples";
    const head = heading(sheet, title, `${count(own.length, "endpoint")} ${WHY[why]}`);
    return ["", ...head, ...(why === "metadata" ? [] : hostLines(own, sheet))];
  });
}

function hostLines(endpoints: readonly Endpoint[], sheet: Page): string[] {
  const hosts = [...grouped(endpoints, ({ url }) => splitAddress(url).host)].sort(
    ([a, left], [b, right]) => right.length - left.length || (a < b ? -1 : 1),
  );
  const shown = sheet.all ? hosts : hosts.slice(0, HOSTS);
  const width = longest(shown.map(([host]) => visibleHost(host)));
  const more = hosts.length - shown.length;
  return [
    ...shown.flatMap(([host, own]) => {
      const names = [...new Set(own.flatMap(({ apart }) => apart?.name ?? []))];
      const words = [count(own.length, "endpoint"), ...names.map(visible)];
      const title = host === "" ? "(host not known)" : visibleHost(host);
      return [
        ...wrap(sheet, `  ${title.padEnd(width)}  `, words),
        ...(sheet.all ? own.map(({ method, url }) => `    ${method} ${visible(splitAddress(url).path)}`) : []),
      ];
    }),
    ...(more > 0 ? [sheet.ink.dim(`  … and ${count(more, "more host")} (--all, or --format json)`)] : []),
  ];
}
