const HOST = "forms.orbitcli.dev";
const VERSION = 3;

async function main() {
  const id = process.argv[2] ?? "9";
  await fetch("https://" + HOST + "/plus/" + id);
  await fetch(["https:/", HOST, "joined", id].join("/"));
  await fetch("https://".concat(HOST, "/concat/", id));
  await fetch(`https://${HOST}/v${VERSION}/number`);
  await fetch(String.raw`https://forms.orbitcli.dev/raw/${id}`);
  await fetch("HTTPS://FORMS.orbitcli.dev/lower".toLowerCase());
  await fetch(`  https://${HOST}/trimmed  `.trim());
  await fetch("https://forms.orbitcli.dev/cut/tail".slice(0, -5) + "/kept");
  await fetch("https://forms.orbitcli.dev/sub/x".substring(0, 30) + "/y");
  await fetch("https://forms.orbitcli.dev|/split".split("|").join(""));
  await fetch(`https://${HOST}/${encodeURIComponent("a b")}/encoded`);
  await fetch(decodeURIComponent("https%3A%2F%2Fforms.orbitcli.dev%2Fdecoded"));
  await fetch(Buffer.from("aHR0cHM6Ly9mb3Jtcy5vcmJpdGNsaS5kZXYvYmFzZTY0", "base64").toString("utf8"));
  await fetch(`https://forms.orbitcli.dev/${"pad".padEnd(5, "-")}`);
  const parts: string[] = [];
  parts.push("https://forms.orbitcli.dev");
  parts.push("pushed");
  await fetch(parts.join("/"));
}

main();
