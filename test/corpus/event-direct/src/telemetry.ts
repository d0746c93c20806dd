const session = Math.random().toString(36).slice(2);

export async function track(name: string, properties: Record<string, unknown> = {}) {
  await fetch("https://events.orbitcli.dev/v1/track", {
    method: "POST",
    headers: { "X-Orbit-Sdk": "1" },
    body: JSON.stringify({ event: name, properties, session }),
  });
}
