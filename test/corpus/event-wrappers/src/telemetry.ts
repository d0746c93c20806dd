type Properties = Record<string, string | number | boolean>;

class Recorder {
  constructor(private url: string) {}
  async record(eventName: string, metadata: Properties) {
    await this.send({ name: eventName, metadata });
  }
  private async send(event: object) {
    await fetch(this.url, { method: "POST", body: JSON.stringify([event]) });
  }
}

const recorder = new Recorder("https://events.orbitcli.dev/v2/record");

export const analytics = {
  emit(name: string, metadata: Properties) {
    return recorder.record(name, metadata);
  },
};

export function logEvent(name: string, metadata: Properties = {}) {
  return analytics.emit(name, metadata);
}

export const logTool = (tool: string, outcome: string) => logEvent("orbit_tool_used", { tool, outcome });

export function logFailure(name: string, error: Error, extra: Properties) {
  return logEvent(name, { ...extra, error_message: error.message });
}
