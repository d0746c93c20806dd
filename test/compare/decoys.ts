import type { Check } from "../../extractor/model/check.ts";
import type { Exchange } from "../../extractor/model/exchange.ts";
import type { Report } from "../../extractor/model/report.ts";
import { exchange } from "./check.ts";

const WORDS = ["orchard", "lantern", "gravel", "meadow", "quiver", "saddle", "thimble", "walnut", "cobalt", "ferment"];
const METHODS = ["GET", "POST", "PUT", "DELETE"];
const OTHER_HOSTS = ["unrelated.example.org", "api.decoy.example.com", "cdn.decoy.example.net"];

/**
 * Requests that nobody would send, the same for the same report: paths of made-up words on the tool's own hosts, its
 * own paths with a literal word exchanged or with words behind them, its own paths on hosts of strangers, and made-up
 * paths there.
 */
export function decoysOf(report: Report, count: number): Exchange[] {
  const places = report.endpoints.flatMap(({ method, url }) => {
    const [, host = "", path = ""] = /^(?:https?|wss?):\/\/([^/{}?#]+)(\/[^?#]*)?/.exec(url) ?? [];
    return host === "" ? [] : [{ method: /^(?:ANY|WS)$/.test(method) ? "POST" : method, host, path }];
  });
  // a small linear congruence: the same choices in every run
  let state = 12345;
  const pick = <T>(list: readonly T[]): T => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return list[Math.floor((state / 2_147_483_648) * list.length)]!;
  };
  const word = () => pick(WORDS);
  const made = () => `/${Array.from({ length: 1 + pick([0, 1, 2, 3]) }, word).join("/")}`;
  const filled = (path: string) => path.replace(/\{[^{}]*\}/g, word);
  const changed = (path: string) => {
    const segments = path.split("/");
    const literal = segments.flatMap((one, at) => (one !== "" && !one.includes("{") ? [at] : []));
    if (literal.length === 0) return made();
    segments[pick(literal)] = word();
    return filled(segments.join("/"));
  };
  const kinds: (() => Exchange)[] = [
    () => exchange(pick(METHODS), `https://${pick(places).host}${made()}`),
    () => {
      const { method, host, path } = pick(places);
      return exchange(method, `https://${host}${changed(path)}`);
    },
    () => {
      const { method, host, path } = pick(places);
      return exchange(method, `https://${host}${filled(path)}${made()}`);
    },
    () => {
      const { method, path } = pick(places);
      return exchange(method, `https://${pick(OTHER_HOSTS)}${filled(path)}`);
    },
    () => exchange(pick(METHODS), `https://${pick(OTHER_HOSTS)}${made()}`),
  ];
  return places.length === 0 ? [] : Array.from({ length: count }, (_, at) => kinds[at % kinds.length]!());
}

/** Distinct requests of a check with that verdict, and of all. */
export const shareOf = ({ observed }: Check, verdict: string): { said: number; of: number } => ({
  said: observed.filter((row) => row.verdict === verdict).length,
  of: observed.length,
});
