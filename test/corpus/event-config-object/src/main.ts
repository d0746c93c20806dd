async function track(event: string, data: object) {
  await fetch("https://events.orbitcli.dev/v1/track", { method: "POST", body: JSON.stringify({ event, data }) });
}

interface Operation<T> {
  eventName: string;
  metadata?: Record<string, unknown>;
  run(): Promise<T>;
}

async function measured<T>(operation: Operation<T>): Promise<T> {
  const result = await operation.run();
  await track(operation.eventName, { ...operation.metadata, elapsed: 1 });
  return result;
}

const COMMANDS = {
  push: { event: "orbit_command_push", needsAuth: true },
  pull: { event: "orbit_command_pull", needsAuth: false },
};

async function runCommand(name: keyof typeof COMMANDS) {
  const { event, needsAuth } = COMMANDS[name];
  await track(event, { needs_auth: needsAuth });
}

async function main() {
  await measured({ eventName: "orbit_index_built", metadata: { files: 3 }, run: async () => 1 });
  await measured({ eventName: "orbit_cache_cleared", run: async () => 2 });
  for (const name of process.argv.slice(2)) await runCommand(name as keyof typeof COMMANDS);
}

main();
