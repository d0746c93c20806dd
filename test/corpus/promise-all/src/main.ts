async function host() {
  return "https://api.orbitcli.dev";
}

async function account() {
  return { id: process.argv[2] ?? "a1", region: "eu" };
}

async function main() {
  const [base, { id, region }] = await Promise.all([host(), account()]);
  await fetch(`${base}/v1/accounts/${id}/usage`);
  await fetch(`https://${region}.cache.orbitcli.dev/warm`, { method: "POST" });
  const [first] = await Promise.allSettled([host()]);
  if (first.status === "fulfilled") await fetch(`${first.value}/v1/settled`);
  const winner = await Promise.race([host()]);
  await fetch(winner + "/v1/race");
}

main();
