const PREFIX = "orbit-cli";

const qualified = (name: string) => (name.startsWith(`${PREFIX}/`) ? name : `${PREFIX}/${name}`);

class Telemetry {
  async send(kind: string, name: string, properties: object) {
    await this.post({ kind, name: qualified(name), properties });
  }
  private post(envelope: object) {
    return fetch("https://collect.orbitcli.dev/telemetry", { method: "POST", body: JSON.stringify(envelope) });
  }
}

const telemetry = new Telemetry();
const sendUsage = (name: string, properties: object) => telemetry.send("usage", name, properties);
const sendTool = (name: string, properties: object) => sendUsage(`tool.${name}`, properties);

async function main() {
  await sendUsage("session.start", { shell: "zsh" });
  await sendTool("edit", { lines: 3 });
  await telemetry.send("error", "orbit-cli/crash", { stack_depth: 4 });
}

main();
