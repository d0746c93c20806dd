import { Analytics } from "@acme/analytics";

const analytics = new Analytics({ writeKey: "Zq81mVh3Tn5Rk2Wd7Lb9Xc4Py6Ju0Sfa", host: "https://collect.orbitcli.dev/" });

async function main() {
  await analytics.identify("u1");
  await analytics.track({ event: "Orbit Installed", properties: { method: "brew" } });
  await analytics.track({ event: "Orbit Upgraded", properties: { from_version: "1", to_version: "2" } });
  await analytics.flush();
}

main();
