import { expect, test } from "vitest";
import { findIn } from "../find-in.ts";

const SENT: Record<string, { code: string; events: Record<string, string> }> = {
  "an event in an object, under a wrapper": {
    code: `import { PostHog } from "posthog-node"; const c = new PostHog("k", { host: "https://e.dev" });
      function track(name, properties) { c.capture({ distinctId: "x", event: name, properties }); } track("tool_started", { v: 1 }); track("tool_ended", {});`,
    events: { tool_started: "https://e.dev/batch/", tool_ended: "https://e.dev/batch/" },
  },
  "the same of another service": {
    code: `import { Analytics } from "@segment/analytics-node"; const c = new Analytics({ writeKey: "k", host: "https://s.dev" }); c.track({ event: "file_opened", userId: "x", properties: { a: 1 } });`,
    events: { file_opened: "https://s.dev/v1/batch" },
  },
  "tracks of other kinds are none": {
    code: `player.track({ title: "a song" }); camera.capture({ width: 3 });`,
    events: {},
  },
};

test.each(Object.entries(SENT))("%s", (_name, { code, events }) => {
  const found = findIn(code);
  const urlOf = (ref: number) => found.requests.find((r) => r.ref === ref)?.urls[0]?.join("");
  const told = found.events.map((e) => [e.name.join(""), (e.carriers ?? []).map(urlOf).join(" ")]);
  expect(Object.fromEntries(told)).toEqual(events);
});
