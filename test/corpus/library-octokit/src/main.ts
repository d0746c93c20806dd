import { request } from "@octokit/request";

const releases = { owner: "orbit", repo: "cli" };
const enterprise = request.defaults({ baseUrl: "https://git.orbitcli.dev/api/v3", headers: { "x-git": "1" } });

async function latest(token: string | undefined) {
  const headers = { authorization: token ? `bearer ${token}` : undefined };
  await request("GET /repos/{owner}/{repo}/releases/latest", { ...releases, headers });
  await request({ method: "PUT", url: "/gists/{gist_id}/star", gist_id: process.argv[2] ?? "g" });
  await enterprise("POST /repos/{owner}/{repo}/issues", { ...releases, title: "crash" });
}

class Reporter {
  private github = request.defaults({ headers: { "x-reporter": "1" } });

  tell(body: string) {
    return this.github("POST /repos/{owner}/{repo}/dispatches", { ...releases, event_type: body });
  }
}

async function main() {
  await latest(process.env.GH_TOKEN);
  await new Reporter().tell("crash");
}

main();
