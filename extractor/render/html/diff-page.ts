import type { Change, Diff } from "../../model/diff.ts";
import { gateText } from "../../model/switches/gates.ts";
import { splitAddress } from "../address.ts";
import { count } from "../count.ts";
import { changedSwitches, changesNothing, readableChanges, sharedChanges, summary, titleOf } from "../diff/summary.ts";
import { describeCredential } from "../facts.ts";
import { html, type Markup } from "./markup.ts";
import { channelName, codes, effectTag, gateWords, headingMarkup, urlText } from "./parts.ts";

/** Two versions of a tool side by side, as the body of a page. */
export function diffPage(diff: Diff): Markup {
  const sections = [
    endpoints(diff),
    names("hosts", "Hosts", diff.hosts.added, diff.hosts.removed),
    names("events", "Events", diff.events.added, diff.events.removed),
    shared("changed-events", "Changed events", "event", diff.events.changed),
    names(
      "keys",
      "Keys",
      diff.credentials.added.map(describeCredential),
      diff.credentials.removed.map(describeCredential),
    ),
    shared(
      "changed-keys",
      "Changed keys",
      "key",
      diff.credentials.changed.map(({ prefix, changes }) => ({ name: prefix, changes })),
    ),
    names("switches", "Switches", diff.gates.added.map(gateText), diff.gates.removed.map(gateText)),
    shared("changed-switches", "Changed switches", "switch", changedSwitches(diff)),
    names("environment", "Environment variables", diff.environment.added, diff.environment.removed),
    shared("changed-environment", "Changed environment variables", "variable", diff.environment.changed),
  ].filter((section) => section !== null);
  return html`<h1>${titleOf(diff)}</h1>
<p class="soft">${changesNothing(diff) ? "Nothing changed in what the program can send." : summary(diff).join(" · ")}</p>
${sections.length < 2 ? null : html`<nav class="toc" aria-label="On this page">${sections.map(({ id, title }) => html`<a href="#${id}">${title}</a>`)}</nav>`}
${sections.map(({ body }) => body)}`;
}

interface Section {
  id: string;
  title: string;
  body: Markup;
}

const SIGN = { added: "+", removed: "−", changed: "~" } as const;
type Sign = keyof typeof SIGN;

/** Colour alone would not reach everybody: the sign and its word are there too. */
const sign = (kind: Sign): Markup => html`<span class="sign ${kind}"><abbr title="${kind}">${SIGN[kind]}</abbr></span>`;

function endpoints(diff: Diff): Section | null {
  const { added, removed, changed } = diff.endpoints;
  if (added.length + removed.length + changed.length === 0) return null;
  const moved = [...added.map((one) => ["added", one] as const), ...removed.map((one) => ["removed", one] as const)];
  const address = (method: string, url: string) => {
    const { host, path } = splitAddress(url);
    return html`<span class="method">${method}</span> ${urlText(host, path)}`;
  };
  const body = html`${headingMarkup("endpoints", "Endpoints", `${added.length} added, ${removed.length} removed, ${changed.length} changed`)}
<ul class="plain cards">${moved.map(
    ([kind, { method, url, channel, ifBlocked, gates }]) =>
      html`<li>${sign(kind)}${address(method, url)}<div class="inside">${channelName(channel)} ${effectTag(ifBlocked.effect)}${gates.length === 0 ? null : html`<p class="small">${gateWords(gates)}</p>`}</div></li>`,
  )}${changed.map(
    (one) =>
      html`<li>${sign("changed")}${address(one.method, one.url)}<div class="inside">${channelName(one.channel)}${readableChanges(one, diff).map(changeLine)}</div></li>`,
  )}</ul>`;
  return { id: "endpoints", title: "Endpoints", body };
}

const changeLine = ({ aspect, removed, added }: Change<string>): Markup =>
  html`<p class="small">${aspect}</p><ul class="plain marks">${marked("removed", removed)}${marked("added", added)}</ul>`;

const marked = (kind: Sign, texts: readonly string[]): Markup[] =>
  texts.map((text) => html`<li>${sign(kind)}<code>${text}</code></li>`);

function names(id: string, title: string, added: readonly string[], removed: readonly string[]): Section | null {
  if (added.length + removed.length === 0) return null;
  const body = html`${headingMarkup(id, title, `${added.length} added, ${removed.length} removed`)}<ul class="plain marks many">${marked("added", added)}${marked("removed", removed)}</ul>`;
  return { id, title, body };
}

function shared(
  id: string,
  title: string,
  noun: string,
  rows: readonly { name: string; changes: readonly Change<string>[] }[],
): Section | null {
  if (rows.length === 0) return null;
  const body = html`${headingMarkup(id, title, String(rows.length))}<ul class="plain marks">${sharedChanges(rows).map(
    ({ change, names: own }) =>
      html`<li><details><summary>${own.length === 1 ? html`<code>${own[0]!}</code>` : count(own.length, noun)}</summary>${own.length === 1 ? null : html`<p class="inside">${codes(own)}</p>`}</details>${changeLine(change)}</li>`,
  )}</ul>`;
  return { id, title, body };
}
