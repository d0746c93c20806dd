import { METHOD_UNKNOWN } from "../../model/exchange.ts";
import type { Method } from "../../model/report.ts";

/**
 * How well the method of a request fits the predicted one, 0 = the same; null where it doesn't. HEAD asks what GET
 * would give, OPTIONS asks before another method, and a websocket starts as a GET which falls back to plain requests
 * when refused.
 */
export function methodFit(predicted: Method, observed: string): number | null {
  if (predicted === observed) return 0;
  if (predicted === "ANY" || observed === METHOD_UNKNOWN) return 1;
  if (predicted === "WS") return observed === "GET" ? 2 : null;
  if (observed === "WS") return predicted === "GET" ? 2 : 3;
  if (observed === "HEAD" && predicted === "GET") return 2;
  return observed === "OPTIONS" ? 3 : null;
}
