/** The search of a site's own page; what it looks through stands in the page as JSON. */
interface Tool {
  id: string;
  package: string;
  versions: string[];
}

interface Data {
  tools: Tool[];
  /** By kind: `[name, tool, first version, last version, …]`. */
  names: Record<string, [string, ...number[]][]>;
}

interface Found {
  name: string;
  kind: string;
  spans: number[];
}

/** Rows beyond these are counted only: nobody reads them, and each costs time. */
const MOST_ROWS = 200;
/** Words of a question that name nothing. */
const FILLER = new Set(
  "a an and are does do for from in is it of on or read reads send sends talk talks talking that the to tool tools use uses what which who with".split(
    " ",
  ),
);

const wordsOf = (text: string): string[] => {
  const words = text
    .toLowerCase()
    .split(/[\s?,;]+/)
    .filter((word) => word !== "");
  const telling = words.filter((word) => !FILLER.has(word));
  return telling.length > 0 ? telling : words;
};

function allNames({ tools, names }: Data): Found[] {
  const found = Object.entries(names).flatMap(([kind, rows]) =>
    rows.map(([name, ...spans]) => ({ name, kind, spans })),
  );
  const named = tools.map(({ id, package: name, versions }, tool) => ({
    name: id === name ? id : `${id} (${name})`,
    kind: "tool",
    spans: [tool, 0, versions.length - 1],
  }));
  return [...named, ...found];
}

/** `claude-code 2.0.75 to 2.1.91`, a link to the newest version that has it. */
function toolLinks({ spans }: Found, tools: readonly Tool[]): Node[] {
  const nodes: Node[] = [];
  for (let at = 0; at < spans.length; at += 3) {
    const { id, versions } = tools[spans[at]!]!;
    const [first, last] = [versions[spans[at + 1]!]!, versions[spans[at + 2]!]!];
    const link = document.createElement("a");
    link.href = `${encodeURIComponent(id)}/${encodeURIComponent(last)}.html`;
    link.textContent = id;
    if (nodes.length > 0) nodes.push(document.createTextNode(", "));
    nodes.push(link, document.createTextNode(first === last ? ` ${last}` : ` ${first} to ${last}`));
  }
  return nodes;
}

function rowOf(one: Found, tools: readonly Tool[]): HTMLTableRowElement {
  const row = document.createElement("tr");
  const head = document.createElement("th");
  head.scope = "row";
  const name = document.createElement("code");
  name.textContent = one.name;
  head.append(name);
  const kind = document.createElement("td");
  kind.className = "wide";
  kind.textContent = one.kind;
  const cell = document.createElement("td");
  cell.append(...toolLinks(one, tools));
  row.append(head, kind, cell);
  return row;
}

/** Whole labels of a name come before parts of words: `sentry.io` finds `o1.ingest.sentry.io` before `mysentry.iox`. */
const rank = (name: string, [word = ""]: readonly string[]): number => {
  if (name === word) return 0;
  return name.endsWith(`.${word}`) || name.startsWith(word) ? 1 : 2;
};

export function startSearch(): void {
  const source = document.getElementById("search-index");
  const field = document.getElementById("search-text") as HTMLInputElement | null;
  if (source === null || field === null) return;
  const kind = document.getElementById("search-kind") as HTMLSelectElement;
  const said = document.getElementById("search-said") as HTMLOutputElement;
  const body = (document.getElementById("search-found") as HTMLTableElement).tBodies[0]!;
  const data = JSON.parse(source.textContent) as Data;
  const all = allNames(data).map((one) => ({ one, text: one.name.toLowerCase() }));
  const search = (): void => {
    const words = wordsOf(field.value);
    const hits =
      words.length === 0
        ? []
        : all.filter(
            ({ one, text }) =>
              (kind.value === "" || one.kind === kind.value) && words.every((word) => text.includes(word)),
          );
    hits.sort((a, b) => rank(a.text, words) - rank(b.text, words) || (a.text < b.text ? -1 : 1));
    body.replaceChildren(...hits.slice(0, MOST_ROWS).map(({ one }) => rowOf(one, data.tools)));
    const tools = new Set(hits.flatMap(({ one: { spans } }) => spans.filter((_, at) => at % 3 === 0)));
    const more = hits.length > MOST_ROWS ? `, the first ${MOST_ROWS} shown` : "";
    said.textContent = words.length === 0 ? "" : `${hits.length} names of ${tools.size} tools${more}`;
    history.replaceState(null, "", field.value === "" ? location.pathname : `#q=${encodeURIComponent(field.value)}`);
  };
  field.addEventListener("input", search);
  kind.addEventListener("input", search);
  (document.getElementById("search") as HTMLElement).hidden = false;
  if (location.hash.startsWith("#q=")) field.value = decodeURIComponent(location.hash.slice(3));
  if (field.value !== "") search();
}
