import { expect, it } from "vitest";
import { findIn } from "../find-in.ts";

/** `if (process.env.A0) { fetch(…/0); if (process.env.A1) { fetch(…/1); … } }` */
const nested = (depth: number): string => {
  const opened = Array.from({ length: depth }, (_, i) => `if (process.env.A${i}) { fetch("https://x.dev/${i}");`);
  return opened.join("\n") + "}".repeat(depth);
};

it("conditions inside conditions: what is said of each request does not grow with the depth", () => {
  const { requests } = findIn(nested(200));
  expect(requests).toHaveLength(200);
  expect(requests[20]!.gates).toHaveLength(21);
  // all of them would make 20,100
  expect(requests.reduce((sum, { gates }) => sum + gates.length, 0)).toBeLessThan(200 * 48);
});
