import type { Gate, GateKind } from "../model/report.ts";
import type { HoleNames } from "./urls/hole-names.ts";

const SWITCH_KINDS: ReadonlySet<string> = new Set<GateKind>(["env", "config", "flag"]);

/** Switches that say which host a request goes to: holes of its printed URLs in front of the path. */
export function redirections(urls: readonly string[], names: HoleNames): Gate[] {
  return urls.flatMap((url) => {
    const [host] = /^([a-z][a-z0-9+.-]*:\/\/)?[^/?#]*/i.exec(url)!;
    return [...host.matchAll(/\{([^{}]*)\}/g)].flatMap(([, printed]) => {
      const hole = names.get(printed!);
      if (!hole || !SWITCH_KINDS.has(hole.kind) || hole.name === "") return [];
      return [{ kind: hole.kind as GateKind, name: hole.name, effect: "redirects" as const }];
    });
  });
}
