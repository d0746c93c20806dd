const RUN_URL = "https://api.orbitcli.dev/v1/projects/{project_id}/runs/{run_id}";
const LOG_URL = "https://logs.orbitcli.dev/:org/stream";
const SHARE_URL = "https://share.orbitcli.dev/s/$TOKEN/view";

function fill(pattern: string, values: Record<string, string>) {
  return pattern.replace(/\{(\w+)\}/g, (_all, name: string) => encodeURIComponent(values[name] ?? ""));
}

async function main() {
  const project = process.argv[2] ?? "p1";
  await fetch(RUN_URL.replace("{project_id}", project).replace("{run_id}", "9"));
  await fetch(fill(RUN_URL, { project_id: project, run_id: "10" }), { method: "DELETE" });
  await fetch(LOG_URL.replace(":org", process.argv[3] ?? "acme"));
  await fetch(SHARE_URL.replaceAll("$TOKEN", project), { method: "POST" });
}

main();
