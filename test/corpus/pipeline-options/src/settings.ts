let remote: Record<string, unknown> = {};

export async function loadSettings() {
  const response = await fetch("https://flags.orbitcli.dev/v1/all");
  remote = ((await response.json()) as { values?: Record<string, unknown> }).values ?? {};
}

export const setting = <T>(name: string, fallback: T): T => (remote[name] as T | undefined) ?? fallback;
