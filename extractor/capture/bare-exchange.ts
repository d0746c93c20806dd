import type { Exchange } from "../model/exchange.ts";
import { requestedMethod } from "./requested-url.ts";

/** What a recording tells that names a request by method and URL: no headers, no bodies, no answer. */
export const bareExchange = (
  method: string,
  url: string,
  { status, time }: Pick<Exchange, "status" | "time"> = { status: null, time: null },
): Omit<Exchange, "at"> => ({
  method: requestedMethod(method, url, {}),
  url,
  headers: {},
  userAgent: null,
  process: null,
  status,
  time,
  body: null,
  content: null,
  response: null,
  failure: null,
});
