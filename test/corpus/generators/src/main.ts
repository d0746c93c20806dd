function* shards(count: number) {
  for (let i = 0; i < count; i++) yield `https://shard.orbitcli.dev/s/${i}`;
}

function* mirrors() {
  yield "https://mirror-a.orbitcli.dev";
  yield "https://mirror-b.orbitcli.dev";
}

async function* pages() {
  yield { path: "/first", method: "GET" };
  yield { path: "/second", method: "POST" };
}

async function main() {
  for (const url of shards(2)) await fetch(url);
  for (const base of mirrors()) await fetch(`${base}/index`, { method: "HEAD" });
  for await (const { path, method } of pages()) await fetch("https://pages.orbitcli.dev" + path, { method });
  const [primary] = [...mirrors()];
  await fetch(primary + "/primary");
}

main();
