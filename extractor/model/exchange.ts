/** In the place of a method, where the capture doesn't say: a list of URLs. */
export const METHOD_UNKNOWN = "ANY";

/** One request of a capture with what came back, from whichever format. */
export interface Exchange {
  /**
   * Upper case; `WS` for a websocket upgrade, `CONNECT` for a tunnel in which nothing was read, `ANY` where nobody
   * says.
   */
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
  /** Request body without its content-encoding. */
  body: Uint8Array | null;
  /** What the body says, where it could be read. */
  content: Content | null;
  /** Null where nothing came back or the capture doesn't keep it. */
  response: { headers: Record<string, string[]>; text: string | null } | null;
  /** What the recording says went wrong: a failed handshake, a refused connection. */
  failure: string | null;
  /** Where in the capture: file and record number, for messages. */
  at: { file: string; record: number };
}

export type ContentKind =
  | "json" // one document
  | "json-lines" // one document per line
  | "form" // one document of its fields
  | "multipart" // one document of its part names
  | "otlp" // one document in OTLP's JSON form, whichever encoding it had
  | "rpc" // Connect or gRPC frames: a document for each that is JSON
  | "line-protocol" // a document {measurement, tags, fields} for each line
  | "text"
  | "binary";

export interface Content {
  kind: ContentKind;
  documents: unknown[];
}

/** One file of a capture, as far as it could be read. */
export interface CaptureFile {
  file: string;
  /** id of the format. */
  format: string;
  /** Requests read. */
  records: number;
  /** False where the file ended early or was damaged; a diagnostic says at which byte. */
  complete: boolean;
}
