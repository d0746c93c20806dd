import { effectOf, switchText } from "../../model/switches/gates.ts";
import { count } from "../count.ts";
import { visible } from "../terminal.ts";
import { type GateMatrix, KIND_NAMES, type SwitchRow } from "./matrix.ts";

const EFFECTS = ["silences", "enables", "redirects", "partly silences", "partly enables"];

/** One paragraph for each switch, then what no switch stops. */
export function renderGatesText({ switches, ungated }: GateMatrix): string {
  const lines = switches.flatMap((row) => [...paragraph(row), ""]);
  if (switches.length === 0) lines.push("no switch was found that decides about an endpoint or event", "");
  lines.push(`no switch silences ${count(ungated.length, "endpoint")}`);
  lines.push(...ungated.map(({ method, url }) => `  ${method} ${visible(url)}`));
  return `${lines.join("\n")}\n`;
}

function paragraph(row: SwitchRow): string[] {
  const lines = [`${visible(row.name)}  (${KIND_NAMES[row.kind]})`];
  const told = (one: SwitchRow["endpoints" | "events"][number]) => {
    const values = switchText({ ...one, name: row.name });
    return values === row.name ? "" : ` with ${values}`;
  };
  for (const effect of EFFECTS) {
    const here = [...row.endpoints, ...row.events].filter((e) => effectOf(e) === effect);
    for (const values of new Set(here.map(told))) {
      const endpoints = row.endpoints.filter((e) => effectOf(e) === effect && told(e) === values);
      const events = row.events.filter((e) => effectOf(e) === effect && told(e) === values).length;
      const what = [
        endpoints.length > 0 ? count(endpoints.length, "endpoint") : "",
        events > 0 ? count(events, "event") : "",
      ];
      lines.push(`  ${effect} ${what.filter((text) => text !== "").join(" and ")}${visible(values)}`);
      lines.push(...endpoints.map(({ endpoint }) => `    ${endpoint.method} ${visible(endpoint.url)}`));
    }
  }
  return lines;
}
