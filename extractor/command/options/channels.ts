import { ExtractorError } from "../../errors.ts";
import { TELEMETRY_CHANNELS } from "../../render/blocklist/plan.ts";
import { didYouMean } from "./did-you-mean.ts";

/**
 * Null for all of them.
 * @throws ExtractorError for a word that is neither a channel nor `telemetry` nor `all`
 */
export async function channelsOf(words: readonly string[]): Promise<string[] | null> {
  const bare = words.map((word) => word.trim());
  if (bare.includes("all")) return null;
  const { loadSignatures } = await import("../../signatures/load.ts");
  const known = (await loadSignatures()).channels.map(({ id }) => id);
  const channels = bare.flatMap((word) => {
    if (word === "telemetry") return TELEMETRY_CHANNELS;
    if (known.includes(word)) return [word];
    const near = didYouMean(word, [...known, "telemetry"]);
    throw new ExtractorError("usage", `no channel ${word}`, {
      hint: near ?? `channels are ${known.join(", ")}, all, and telemetry for ${TELEMETRY_CHANNELS.join(", ")}`,
    });
  });
  return [...new Set(channels)].sort();
}
