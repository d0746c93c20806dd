import { createPromiseClient, type Interceptor } from "@connectrpc/connect";
import { createConnectTransport } from "@connectrpc/connect-web";
import { AccountService, Empty, EventService } from "./service.js";

const session: Interceptor = (next) => (request) => {
  request.header.set("x-orbit-session", process.argv[2] ?? "s1");
  return next(request);
};

async function main() {
  const transport = createConnectTransport({ baseUrl: "https://rpc.orbitcli.dev", interceptors: [session] });
  const account = createPromiseClient(AccountService, transport);
  await account.getMe(new Empty());
  await account.listKeys(new Empty());
  await createPromiseClient(EventService, transport).track(new Empty());
}

main();
