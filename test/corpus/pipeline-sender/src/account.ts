export interface Account {
  id: string;
  plan: string;
  endpoints?: { telemetry?: string };
}

type Listener = (account: Account | null) => Promise<void>;

/** Tells whoever listens when somebody has signed in. */
export class Accounts {
  private readonly listeners = new Set<Listener>();

  onChange(listener: Listener) {
    this.listeners.add(listener);
  }

  async signIn() {
    const response = await fetch("https://api.orbitcli.dev/user");
    const account = (await response.json()) as Account;
    await Promise.all([...this.listeners].map((listener) => listener(account)));
  }
}
