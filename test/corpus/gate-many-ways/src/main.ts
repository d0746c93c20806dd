async function token() {
  await fetch("https://login.orbitcli.dev/token", { method: "POST" });
}

async function sync() {
  await token();
}

async function share() {
  await token();
}

async function search() {
  if (process.env.ORBIT_NO_SEARCH) return;
  await token();
}

async function review() {
  await token();
}

// Two ways, one of them under a switch: worth saying.
async function ping() {
  await fetch("https://ping.orbitcli.dev/now");
}

async function main() {
  await sync();
  await share();
  await search();
  await review();
  if (!process.env.ORBIT_NO_PING) await ping();
  await ping();
}

main();
