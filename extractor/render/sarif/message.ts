import type { Message } from "sarif";
import { visible } from "../terminal.ts";

/**
 * A plain-text message. Braces are doubled and brackets escaped, so that no viewer takes a URL's holes for
 * placeholders or links.
 */
export function message(text: string): Message & { text: string } {
  return {
    text: visible(text)
      .replace(/[{}]/g, "$&$&")
      .replace(/[[\]\\]/g, "\\$&"),
  };
}
