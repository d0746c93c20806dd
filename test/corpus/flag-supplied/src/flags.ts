type Features = Record<string, { value: unknown }>;

export class FlagClient {
  private features: Features = {};
  private cache = new Map<string, unknown>();

  constructor(private clientKey: string) {}

  async init() {
    const response = await fetch(`https://flags.orbitcli.dev/api/features/${this.clientKey}`);
    this.features = ((await response.json()) as { features?: Features }).features ?? {};
  }

  getDynamicConfig<T>(key: string, fallback: T): T {
    if (this.cache.has(key)) return this.cache.get(key) as T;
    const value = (this.features[key]?.value ?? fallback) as T;
    this.cache.set(key, value);
    return value;
  }
}
