import axios from "axios";

interface User {
  endpoints: { telemetry: string; api: string };
}

let user: User | undefined;

async function loadUser() {
  const response = await fetch("https://api.orbitcli.dev/internal/user", { headers: { "X-Orbit": "1" } });
  user = (await response.json()) as User;
}

async function uploadUrl(): Promise<string> {
  const { data } = await axios.post("https://files.orbitcli.dev/v1/uploads", { size: 1 });
  return data.upload_url;
}

const schema = {
  parse(value: unknown) {
    return value as { next: { host: string } };
  },
};

async function main() {
  await loadUser();
  await fetch(`${user!.endpoints.telemetry}/telemetry`, { method: "POST", body: "{}" });
  await axios.put(await uploadUrl(), "content");
  const answer = schema.parse(await (await fetch("https://api.orbitcli.dev/discover")).json());
  const { next: { host } } = answer;
  await fetch(`https://${host}/v1/moved`);
}

main();
