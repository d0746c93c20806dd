import type { AllowListRender } from "./form.ts";
import { written } from "./words.ts";

/**
 * One address on a line, and nothing else. A name would allow everything below it, so a host alone is written as a
 * URL.
 */
export const renderAddresses: AllowListRender = (plan, sandbox) =>
  written(plan, sandbox)
    .flatMap(({ text, host: { pattern, ports } }) => {
      if (text !== pattern) return [text];
      const other = ports.filter((port) => port !== 443 && port !== 80);
      return [
        ...(ports.length === 0 || ports.includes(443) ? [`https://${text}/`] : []),
        ...(ports.includes(80) ? [`http://${text}/`] : []),
        ...other.map((port) => `https://${text}:${port}/`),
      ];
    })
    .map((line) => `${line}\n`)
    .join("");
