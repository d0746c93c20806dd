import type { Sandbox } from "../../model/signatures/sandbox.ts";
import { addresses, reason, silencingVariables } from "../blocklist/words.ts";
import { count } from "../count.ts";
import { visible, visibleHost } from "../terminal.ts";
import { writtenPattern } from "./host-pattern.ts";
import type { AllowedHost, AllowPlan, Need, OpenHost } from "./plan.ts";

/** A host and how the format writes it. */
export interface Written {
  host: AllowedHost;
  text: string;
}

const RANK = { required: 0, optional: 1, telemetry: 2 } satisfies Record<Need, number>;

/** What the format can write, required ones first. */
export function written({ hosts }: AllowPlan, sandbox: Sandbox): Written[] {
  return hosts
    .flatMap((host) => {
      const text = writtenPattern(host.pattern, sandbox);
      return text === null ? [] : [{ host, text }];
    })
    .sort((a, b) => RANK[a.host.need] - RANK[b.host.need]);
}

/** `required: model-api: blocking breaks the tool: … (2 endpoints)`. One line. */
export const why = (host: AllowedHost): string =>
  `${host.need}: ${reason(host.wanted.length > 0 ? host.wanted : host.unwanted)}`;

/** What the list is, for the head of the file. */
export function allowListHead(plan: AllowPlan, sandbox: Sandbox): string[] {
  const { packages, choice, hosts } = plan;
  const required = hosts.filter(({ need }) => need === "required").length;
  return [
    `Hosts that ${visible(packages.join(", "))} may need, for ${sandbox.name}`,
    `Form: ${sandbox.documentation}`,
    `${count(hosts.length, "host")}: ${required} required, ${hosts.length - required} optional; ${choice.withTelemetry ? "telemetry allowed" : "telemetry left out"}`,
  ];
}

/** What a reader must know before the list is used; one line each. */
export function warnings(plan: AllowPlan, sandbox: Sandbox): string[] {
  const unwritable = plan.hosts.filter(({ pattern }) => writtenPattern(pattern, sandbox) === null);
  return [
    ...(sandbox.below ? ["every name also allows the names below it: this form can't say one name alone"] : []),
    ...plan.hosts.flatMap((host) => telemetryWarning(host, plan, sandbox)),
    ...plan.hosts.flatMap(({ pattern, movedBy }) =>
      movedBy.length === 0
        ? []
        : [`${visibleHost(pattern)} can be moved by the server: ${visible(movedBy.join(", "))}`],
    ),
    ...plan.open.flatMap((open) => (open.isServers ? [`the server names a host: ${openWords(open)}`] : [])),
    ...unwritable.map(
      (host) =>
        `not in the list, since this form has no entry for it: ${visibleHost(host.pattern)}${choosers(host)}; ${why(host)}`,
    ),
  ];
}

function telemetryWarning({ pattern, unwanted }: AllowedHost, { choice }: AllowPlan, sandbox: Sandbox): string[] {
  if (unwanted.length === 0 || (choice.withPaths && sandbox.paths === true)) return [];
  const silent = silencingVariables(unwanted);
  const stop = silent.length === 0 ? "" : `; ${silent.join(" or ")} stops it`;
  const paths = sandbox.paths === true ? "; --with-paths leaves it out" : "";
  return [visible(`${pattern} also gets telemetry: ${addresses(unwanted).join(", ")}${stop}${paths}`)];
}

const choosers = ({ pattern, chosenBy }: AllowedHost): string =>
  pattern.includes("*") && chosenBy.length > 0 ? visible(` (${chosenBy.join(", ")})`) : "";

const openWords = ({ source, endpoints }: OpenHost): string =>
  visible(`${source} (${count(endpoints.length, "endpoint")})`);

/** What isn't in the list, for the end of the file. */
export function allowListTail({ left, local, unfit, open }: AllowPlan): string[] {
  const yours = open.filter(({ isServers }) => !isServers);
  return [
    ...section(
      "Left out:",
      left.map((host) => `${visibleHost(host.pattern)}  ${why(host)}`),
    ),
    ...section("Hosts of your own settings: add them where you use these", yours.map(openWords)),
    ...section("Local, nothing leaves this machine or network:", local.map(visibleHost)),
    ...section(
      "No list can hold:",
      unfit.map(({ host }) => visible(host)),
    ),
  ];
}

const section = (title: string, lines: string[]): string[] =>
  lines.length === 0 ? [] : ["", title, ...lines.map((line) => `  ${line}`)];

/** A file with comments: head, entries each after its reason, then warnings and what was left out. */
export function commented(
  plan: AllowPlan,
  sandbox: Sandbox,
  { before = [], entry, after = [], howto = [] }: CommentedForm,
): string {
  const note = (line: string): string => `# ${line}`.trimEnd();
  const lines = [
    ...[...allowListHead(plan, sandbox), ...howto].map(note),
    ...warnings(plan, sandbox).map((line) => note(`Warning: ${line}`)),
    "",
    ...before,
    ...written(plan, sandbox).flatMap((one) => {
      const [first = "", ...rest] = entry(one);
      const indent = /^\s*/.exec(first)![0];
      return [`${indent}${note(why(one.host) + choosers(one.host))}`, first, ...rest];
    }),
    ...after,
    ...allowListTail(plan).map(note),
  ];
  return `${lines.join("\n")}\n`;
}

interface CommentedForm {
  /** Lines that say how to load the file. */
  howto?: readonly string[];
  before?: readonly string[];
  /** Lines of one host. */
  entry(one: Written): string[];
  after?: readonly string[];
}
