let values: Record<string, unknown> = {};

export async function loadRemote() {
  const response = await fetch("https://flags.orbitcli.dev/v1/all");
  values = ((await response.json()) as { values?: Record<string, unknown> }).values ?? {};
}

export function remoteValue<T>(key: string, fallback: T): T {
  return key in values ? (values[key] as T) : fallback;
}
