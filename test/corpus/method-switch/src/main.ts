const API = "https://jobs.orbitcli.dev";

function act(action: string, id: string) {
  let method: string;
  let url: string;
  switch (action) {
    case "create":
      method = "POST";
      url = `${API}/v1/jobs`;
      break;
    case "cancel":
      method = "DELETE";
      url = `${API}/v1/jobs/${id}`;
      break;
    case "retry":
      method = "POST";
      url = `${API}/v1/jobs/${id}/retry`;
      break;
    default:
      method = "GET";
      url = `${API}/v1/jobs/${id}`;
  }
  return fetch(url, { method });
}

function command(kind: string) {
  switch (kind) {
    case "pause":
      return { method: "PUT", path: "/v1/queue/pause" };
    default:
      return { method: "GET", path: "/v1/queue" };
  }
}

async function main() {
  for (const action of process.argv.slice(2)) {
    await act(action, "17");
    const { method, path } = command(action);
    await fetch(API + path, { method });
  }
}

main();
