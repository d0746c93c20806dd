import {
  type BaseTransportOptions,
  createTransport,
  getCurrentScope,
  initAndBind,
  captureMessage,
  flush,
  createStackParser,
} from "@sentry/core";
import { ServerRuntimeClient } from "@sentry/core/server";

function makeFetchTransport(options: BaseTransportOptions) {
  return createTransport(options, async (request) => {
    const response = await fetch(options.url, { method: "POST", body: request.body as string });
    return { statusCode: response.status };
  });
}

async function main() {
  initAndBind(ServerRuntimeClient, {
    dsn: "https://0a1b2c3d4e5f60718293a4b5c6d7e8f9@o99.errors.orbitcli.dev/1234",
    transport: makeFetchTransport,
    integrations: [],
    stackParser: createStackParser(),
  });
  getCurrentScope().setTag("tool", "orbit");
  captureMessage("orbit stopped");
  await flush(2000);
}

main();
