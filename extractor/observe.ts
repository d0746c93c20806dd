import type { CrossCheck } from "./compare/check/cross-check.ts";
import type { Check } from "./model/check.ts";
import { DiagnosticLog } from "./model/diagnostic.ts";

/** So many requests between two words about progress. */
const STRIDE = 256;

/**
 * Reads captures and judges each request.
 * @param onProgress told the number of requests so far, and the file
 * @throws ExtractorError where a capture can't be read at all
 */
export async function observe(
  crossCheck: CrossCheck,
  captures: string[],
  onProgress: (done: number, file: string) => void = () => undefined,
): Promise<Check> {
  const { readCaptures } = await import("./capture/read-captures.ts");
  const log = new DiagnosticLog();
  const { exchanges, files } = readCaptures(captures, log);
  let done = 0;
  for await (const exchange of exchanges) {
    crossCheck.add(exchange);
    done++;
    if (done % STRIDE === 0) onProgress(done, exchange.at.file);
  }
  return crossCheck.finish(files, log.list());
}
