const off = (name: string) => process.env[name] !== undefined;

async function post(path: string) {
  await fetch(`https://stats.orbitcli.dev${path}`, { method: "POST" });
}

async function sendUsage() {
  await post("/v1/usage");
}

async function sync() {
  await fetch("https://sync.orbitcli.dev/v1/state");
}

async function onStart() {
  if (process.env.ORBIT_NO_USAGE) return;
  await sendUsage();
  if (!off("ORBIT_NO_SYNC")) await sync();
}

async function onExit() {
  if (!process.env.ORBIT_NO_USAGE) await sendUsage();
  await sync();
}

async function main() {
  await onStart();
  await onExit();
}

main();
