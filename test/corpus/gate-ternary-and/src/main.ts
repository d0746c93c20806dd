const enabled = !process.env.ORBIT_NO_PING;

async function main() {
  enabled && (await fetch("https://ping.orbitcli.dev/v1"));
  process.env.ORBIT_NO_STATS || (await fetch("https://stats.orbitcli.dev/v1", { method: "POST" }));
  await (process.env.ORBIT_TRACE ? fetch("https://traces.orbitcli.dev/v1", { method: "POST" }) : Promise.resolve());
  process.env.ORBIT_DEBUG && process.env.ORBIT_UPLOAD && (await fetch("https://debug.orbitcli.dev/v1", { method: "PUT" }));
  const beacon = process.env.ORBIT_NO_BEACON ? null : "https://beacon.orbitcli.dev/v1";
  if (beacon) await fetch(beacon);
  await fetch("https://api.orbitcli.dev/v1/always");
}

main();
