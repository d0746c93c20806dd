import type { DiagnosticLog } from "../model/diagnostic.ts";
import type { Exchange } from "../model/exchange.ts";
import type { CaptureSource } from "./source.ts";

/** One way to write a capture. A new one is one file with such an object, and a row in formats.ts. */
export interface CaptureFormat {
  /** For messages: `HAR`. */
  label: string;
  /** By content alone. `sample` is the start of the file, decoded as UTF-8. */
  detect(sample: string): boolean;
  /**
   * Hands out requests as they are read, in the order of the file.
   * @throws CaptureDamage where the file ends early or stops being of the format.
   */
  read(source: CaptureSource, log: DiagnosticLog): AsyncGenerator<Exchange>;
}
