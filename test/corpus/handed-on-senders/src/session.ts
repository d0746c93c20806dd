interface Auth {
  getBase(): Promise<string>;
}

class SessionBase {
  constructor(
    readonly auth: Auth,
    readonly send: (url: string, init?: RequestInit) => Promise<Response>,
  ) {}

  async callApi(path: string, body: unknown, base?: string) {
    const url = new URL(path, base ?? (await this.auth.getBase()));
    return this.send(url.toString(), { method: "POST", body: JSON.stringify(body) });
  }
}

/** Its constructor is inherited. */
export class Session extends SessionBase {
  chat(text: string) {
    return this.callApi("chat-stream", { text });
  }

  models() {
    return this.callApi("get-models", {});
  }
}
