async function main() {
  if (!process.env.ORBIT_DISABLE_METRICS) {
    await fetch("https://metrics.orbitcli.dev/v1/push", { method: "POST" });
  }
  if (process.env.ORBIT_ENABLE_TRACES === "1") {
    await fetch("https://traces.orbitcli.dev/v1/push", { method: "POST" });
  } else {
    console.log("no traces");
  }
  if (process.env.ORBIT_OFFLINE) {
    console.log("offline");
  } else {
    await fetch("https://updates.orbitcli.dev/latest");
  }
  if (process.env.ORBIT_COLOR) console.log("color");
  await fetch("https://api.orbitcli.dev/v1/always");
}

main();
