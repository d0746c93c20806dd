async function track(event: string, props: object) {
  await fetch("https://events.orbitcli.dev/v1/track", { method: "POST", body: JSON.stringify({ event, props }) });
}

const base = { channel: "stable", arch: process.arch };
const timing = { started_at: 1, ended_at: 2 };

async function main() {
  const verbose = process.argv.includes("--verbose");
  await track("orbit_spread", { ...base, ...timing, files: 1 });
  await track("orbit_conditional", { ...base, ...(verbose && { verbose_level: 2 }), ...(verbose ? { trace: 1 } : {}) });
  const merged = Object.assign({}, timing, { merged: true });
  await track("orbit_merged", merged);
  const { started_at, ...without } = timing;
  await track("orbit_rest", { ...without, offset: started_at });
}

main();
