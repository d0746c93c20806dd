/** One request of a capture with what came back, from whichever format. */
export interface Exchange {
  /** Upper case; `WS` for a websocket upgrade. */
  method: string;
  /** Absolute, as observed. */
  url: string;
  /** Lower-case names. */
  headers: Record<string, string[]>;
  userAgent: string | null;
  /** Name or pid of the sending process, where the capture knows. */
  process: string | null;
  /** Null where nothing came back. */
  status: number | null;
  /** Milliseconds since the epoch, where the capture has it. */
  time: number | null;
  /** Decoded request body. */
  body: Uint8Array | null;
  /** Where in the capture: file and record number, for messages. */
  at: { file: string; record: number };
}
