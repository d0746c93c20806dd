import { envelopeUrl, parseDsn } from "./dsn.js";

const Sentry = {
  dsn: undefined as string | undefined,
  init(options: { dsn: string; release: string }) {
    this.dsn = options.dsn;
  },
  async captureException(error: Error) {
    if (!this.dsn) return;
    const body = [{ dsn: this.dsn }, { type: "event" }, { message: error.message }].map((part) => JSON.stringify(part));
    await fetch(envelopeUrl(parseDsn(this.dsn)), { method: "POST", body: body.join("\n") });
  },
};

async function main() {
  Sentry.init({ dsn: "https://0a1b2c3d4e5f60718293a4b5c6d7e8f9@o4501.errors.orbitcli.dev/4507", release: "1.0.0" });
  await Sentry.captureException(new Error("boom"));
}

main();
