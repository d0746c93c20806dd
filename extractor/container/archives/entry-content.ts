import type { ArtifactFile } from "../../model/artifact.ts";
import type { DiagnosticLog } from "../../model/diagnostic.ts";
import type { Origin, OtherFile } from "../../model/source-file.ts";
import { decodeText } from "../decode-text.ts";
import { printableName } from "../entry-path.ts";
import { contentVerdict, HEAD_BYTES, MAX_DATA_BYTES, type NameVerdict, nameVerdict } from "../file-kind.ts";
import type { ReadLimits } from "../limits.ts";

export interface EntryOptions {
  limits: Pick<ReadLimits, "maxFileBytes" | "maxMapBytes">;
  log: DiagnosticLog;
  /** The person pointed at this very file, so any text counts as code. */
  named?: boolean;
}

/**
 * Collects the content of one file of known size from chunks, as far as it is worth it: nothing for files that aren't
 * code, the first bytes where these must decide, and one buffer of the file's size for code.
 */
export class EntryContent {
  readonly #path: string;
  readonly #bytes: number;
  readonly #maxBytes: number;
  readonly #log: DiagnosticLog;
  readonly #named: boolean;
  readonly #verdict: NameVerdict;
  #buffer: Buffer;
  #filled = 0;
  #refused: OtherFile["reason"] | null = null;

  constructor(path: string, bytes: number, options: EntryOptions) {
    this.#path = path;
    this.#bytes = bytes;
    this.#log = options.log;
    this.#named = options.named ?? false;
    this.#verdict = this.#named && nameVerdict(path) !== "code" ? "by-content" : nameVerdict(path);
    this.#maxBytes = this.#verdict === "map" ? options.limits.maxMapBytes : options.limits.maxFileBytes;
    if (bytes === 0) this.#refused = "empty";
    else if (this.#verdict === "map" && this.#maxBytes === 0) this.#refused = "not-code";
    else if (this.#verdict === "data" && bytes > MAX_DATA_BYTES) this.#refused = "too-large";
    else if (this.#verdict === "binary" || this.#verdict === "not-code") this.#refused = this.#verdict;
    this.#buffer = Buffer.allocUnsafe(this.#refused ? 0 : Math.min(bytes, HEAD_BYTES));
    if (!this.#refused && this.#verdict !== "by-content" && bytes > this.#maxBytes) this.#tooLarge();
  }

  /** False once nothing further is of use. */
  get wanted(): boolean {
    return this.#refused === null && this.#filled < this.#bytes;
  }

  /** Takes the next bytes of the file; the chunk may be reused afterwards. */
  push(chunk: Buffer): void {
    for (let at = 0; at < chunk.length && this.wanted; ) {
      const taken = chunk.copy(this.#buffer, this.#filled, at);
      this.#filled += taken;
      at += taken;
      if (this.#filled === this.#buffer.length && this.#filled <= HEAD_BYTES) this.#decide();
    }
  }

  /** The file as far as it came; fewer bytes than announced are what there is. */
  end(): ArtifactFile {
    if (this.#refused === null && this.#filled < this.#buffer.length && this.#filled < HEAD_BYTES) this.#decide();
    if (this.#refused !== null) return { path: this.#path, bytes: this.#bytes, reason: this.#refused };
    const content = this.#buffer.subarray(0, this.#filled);
    const origin: Origin = { kind: "entry" };
    if (this.#verdict === "map")
      return {
        path: this.#path,
        describes: this.#path.slice(0, -".map".length),
        map: content,
        bytes: this.#filled,
        origin,
      };
    const { text, invalidAt } = decodeText(content);
    if (invalidAt !== null) {
      this.#log.add("invalid-utf8", `${printableName(this.#path)}: first bad byte at offset ${invalidAt}`);
    }
    return { path: this.#path, text, bytes: this.#filled, origin };
  }

  #decide(): void {
    const head = this.#buffer.subarray(0, this.#filled);
    const verdict = contentVerdict(this.#verdict === "by-content" ? "by-content" : "code", head, this.#named);
    if (verdict !== "code") this.#refused = verdict;
    else if (this.#bytes > this.#maxBytes) this.#tooLarge();
    else if (this.#bytes > this.#buffer.length) {
      const whole = Buffer.allocUnsafe(this.#bytes);
      head.copy(whole);
      this.#buffer = whole;
    }
    if (this.#refused !== null) this.#buffer = Buffer.alloc(0);
  }

  #tooLarge(): void {
    this.#refused = "too-large";
    this.#log.add("entry-too-large", `${printableName(this.#path)}: ${this.#bytes} bytes`);
  }
}
