const ROOT = "https://tree.orbitcli.dev/v1/nodes";

function nodeUrl(segments: string[]) {
  let url = ROOT;
  for (const segment of segments) url += `/${encodeURIComponent(segment)}`;
  return url;
}

function listUrl(filters: Record<string, string>) {
  let url = "https://tree.orbitcli.dev/v1/list?v=1";
  for (const key in filters) {
    url += "&" + key + "=" + filters[key];
  }
  return url;
}

async function pages() {
  let next: string | null = "https://tree.orbitcli.dev/v1/pages?cursor=0";
  let count = 0;
  while (next && count < 2) {
    const response: Response = await fetch(next);
    const body = (await response.json()) as { cursor?: string };
    next = body.cursor ? `https://tree.orbitcli.dev/v1/pages?cursor=${body.cursor}` : null;
    count++;
  }
}

async function main() {
  await fetch(nodeUrl(process.argv.slice(2)));
  await fetch(listUrl({ kind: "leaf", depth: "2" }), { method: "POST" });
  await pages();
  for (let attempt = 1; attempt <= 2; attempt++) {
    await fetch("https://tree.orbitcli.dev/v1/retry/" + attempt, { method: "PUT" });
  }
}

main();
