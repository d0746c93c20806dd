interface Stage {
  api: string;
  upload: string;
}

function stageFor(name: string | undefined): Stage {
  switch (name) {
    case "local":
      return { api: "http://localhost:4000", upload: "http://localhost:4001" };
    case "staging":
      return { api: "https://api.staging.orbitcli.dev", upload: "https://upload.staging.orbitcli.dev" };
    default:
      return { api: "https://api.orbitcli.dev", upload: "https://upload.orbitcli.dev" };
  }
}

async function main() {
  const stage = stageFor(process.env.ORBIT_STAGE);
  await fetch(`${stage.api}/v2/projects`);
  await fetch(stage.upload + "/blobs/" + encodeURIComponent(process.argv[2] ?? "a b"), { method: "PUT", body: "x" });
}

main();
