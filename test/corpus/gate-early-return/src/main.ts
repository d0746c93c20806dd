async function pushMetrics() {
  if (process.env.ORBIT_DISABLE_METRICS) return;
  const body = JSON.stringify({ uptime: process.uptime() });
  await fetch("https://metrics.orbitcli.dev/v1/push", { method: "POST", body });
}

async function reportCrash(error: Error) {
  if (process.env.ORBIT_CRASH_REPORTS !== "yes") {
    console.error(error.message);
    return;
  }
  await fetch("https://crash.orbitcli.dev/v1/report", { method: "POST", body: error.message });
}

async function checkUpdate() {
  if (process.env.ORBIT_NO_UPDATE) throw new Error("updates are off");
  await fetch("https://updates.orbitcli.dev/latest");
}

async function syncAll(names: string[]) {
  for (const name of names) {
    if (name === "extra" && process.env.ORBIT_SKIP_EXTRA) continue;
    if (process.env.ORBIT_SKIP_SYNC) continue;
    await fetch("https://sync.orbitcli.dev/v1/all", { method: "PUT", body: name });
  }
}

async function main() {
  await pushMetrics();
  await reportCrash(new Error("x"));
  await checkUpdate().catch(() => {});
  await syncAll(["base"]);
  await fetch("https://api.orbitcli.dev/v1/always");
}

main();
