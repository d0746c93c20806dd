import { createHash } from "node:crypto";
import { html, type Markup } from "./markup.ts";
import { SCRIPT, STYLE, VERSION } from "./page-assets.ts";

export interface Document {
  title: string;
  /** One sentence, for search engines and for previews of links. */
  description?: string;
  /** Links to other pages, for a page of a site. */
  trail?: readonly { href: string; label: string }[];
  /** Feeds that a reader of the page may follow. */
  feeds?: readonly { href: string; type: string; title: string }[];
  body: Markup;
}

const hash = (text: string): string => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

/** The page may run its own script and use its own style, and reach nothing: no request, no form, no frame. */
const POLICY = [
  "default-src 'none'",
  `style-src ${hash(STYLE)}`,
  `script-src ${hash(SCRIPT)}`,
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

const FRAME = {
  head: `<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="${POLICY}">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="color-scheme" content="light dark">\n<meta name="referrer" content="no-referrer">\n`,
  style: `<style>${STYLE}</style>\n</head>\n`,
  script: `<script>${SCRIPT}</script>\n</html>\n`,
};

/** One self-contained file. */
export function renderDocument({ title, description, trail = [], feeds = [], body }: Document): string {
  const nav =
    trail.length === 0
      ? null
      : html`<nav class="trail" aria-label="Breadcrumb">${trail.map(({ href, label }) => html`<a href="${href}">${label}</a> `)}</nav>`;
  const about =
    description === undefined
      ? null
      : html`<meta name="description" content="${description}">
<meta property="og:type" content="article">
<meta property="og:title" content="${title}">
<meta property="og:description" content="${description}">
`;
  const page = html`<body>
<a class="skip" href="#main">Skip to content</a>
${nav}
<main id="main" tabindex="-1">
${body}
</main>
<footer><p>Made by endpoint-extractor ${VERSION} from the published package alone. A prediction says what a program can send, not that it does.</p></footer>
</body>
`;
  return `${FRAME.head}${html`<title>${title}</title>\n${about}${feeds.map(({ href, type, title: name }) => html`<link rel="alternate" type="${type}" title="${name}" href="${href}">\n`)}`.text}${FRAME.style}${page.text}${FRAME.script}`;
}
