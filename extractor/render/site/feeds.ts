import type { Diff } from "../../model/diff.ts";
import { count } from "../count.ts";
import { changesNothing, summary } from "../diff/summary.ts";
import { describeCredential } from "../facts.ts";
import { html, type Markup } from "../html/markup.ts";
import { toJson } from "../json.ts";
import { visible } from "../terminal.ts";
import type { SiteFile } from "./pages.ts";

/** A release and what is new in it. */
export interface FeedEntry {
  tool: string;
  version: string;
  /** ISO 8601; null where nobody knows it. */
  published: string | null;
  /** To the published version before; null for the first one. */
  diff: Diff | null;
  /** Path of its page below the site. */
  page: string;
}

const TITLE = "What coding tools send: new releases";
/** A reader wants news, not the archive. */
const MOST_ENTRIES = 100;
const MOST_NAMES = 12;

/**
 * JSON Feed 1.1 and Atom, newest first. A release without a known day is in neither, since a feed is in order of
 * time.
 */
export function feedFiles(entries: readonly FeedEntry[], base: string | null): SiteFile[] {
  const dated = entries.flatMap((entry) =>
    entry.published === null ? [] : [{ ...entry, published: new Date(entry.published).toISOString() }],
  );
  const newest = dated
    .sort((a, b) => (a.published === b.published ? (key(a) < key(b) ? -1 : 1) : a.published < b.published ? 1 : -1))
    .slice(0, MOST_ENTRIES);
  return [
    { path: "feed.json", text: jsonFeed(newest, base) },
    { path: "feed.xml", text: atom(newest, base) },
  ];
}

type Dated = FeedEntry & { published: string };

const key = ({ tool, version }: FeedEntry): string => `${tool} ${version}`;
const idOf = ({ tool, version }: FeedEntry): string => `urn:endpoint-extractor:${tool}:${encodeURIComponent(version)}`;
const address = (base: string | null, path: string): string => (base === null ? path : new URL(path, base).href);
const titleOf = ({ tool, version, diff }: FeedEntry): string =>
  visible(
    `${tool} ${version}${diff === null ? "" : changesNothing(diff) ? ": nothing changed" : `: ${summary(diff).join(", ")}`}`,
  );

function jsonFeed(entries: readonly Dated[], base: string | null): string {
  return toJson({
    version: "https://jsonfeed.org/version/1.1",
    title: TITLE,
    ...(base === null ? {} : { home_page_url: base, feed_url: address(base, "feed.json") }),
    items: entries.map((entry) => ({
      id: idOf(entry),
      url: address(base, entry.page),
      title: titleOf(entry),
      content_html: contentOf(entry).text,
      date_published: entry.published,
      tags: [entry.tool],
    })),
  });
}

function atom(entries: readonly Dated[], base: string | null): string {
  const link = (path: string, rel: string) => html`<link rel="${rel}" href="${address(base, path)}"/>`;
  const rows = entries.map(
    (
      entry,
    ) => html`<entry><id>${idOf(entry)}</id><title>${titleOf(entry)}</title>${link(entry.page, "alternate")}<published>${entry.published}</published><updated>${entry.published}</updated><content type="html">${contentOf(entry).text}</content></entry>
`,
  );
  const updated = entries[0]?.published ?? "1970-01-01T00:00:00.000Z";
  return `<?xml version="1.0" encoding="utf-8"?>\n${
    html`<feed xmlns="http://www.w3.org/2005/Atom"><id>urn:endpoint-extractor:releases</id><title>${TITLE}</title>${link("feed.xml", "self")}${link("index.html", "alternate")}<updated>${updated}</updated><author><name>endpoint-extractor</name></author>
${rows}</feed>
`.text
  }`;
}

/** What a person decides by: new hosts, keys and endpoints first, events as a number and some names. */
function contentOf({ diff }: FeedEntry): Markup {
  if (diff === null) return html`<p>The first published report of this tool.</p>`;
  const { hosts, credentials, endpoints, events, environment } = diff;
  const lists: [string, string[]][] = [
    ["new host", hosts.added],
    ["new baked-in key", credentials.added.map(describeCredential)],
    ["new endpoint", endpoints.added.map(({ method, url }) => `${method} ${url}`)],
    ["new telemetry event", events.added],
    ["new variable", environment.added],
    ["host gone", hosts.removed],
    ["endpoint gone", endpoints.removed.map(({ method, url }) => `${method} ${url}`)],
  ];
  const shown = lists.filter(([, names]) => names.length > 0);
  if (shown.length === 0) return html`<p>Nothing that changes what is sent since ${diff.from.version}.</p>`;
  return html`<p>Since ${diff.from.version}:</p>${shown.map(([what, names]) => {
    const more = names.length - MOST_NAMES;
    return html`<p>${count(names.length, what)}</p><ul>${names.slice(0, MOST_NAMES).map((name) => html`<li><code>${name}</code></li>`)}${more > 0 ? html`<li>and ${more} more</li>` : null}</ul>`;
  })}`;
}
