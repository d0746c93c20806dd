import { randomUUID } from "node:crypto";
import { closeSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ExtractorError } from "../../errors.ts";
import { bufferSource, type ClosableSource, descriptorSource } from "../bytes.ts";

/** Up to this many bytes stay in memory: a temporary file costs more than it saves below. */
const IN_MEMORY = 1 << 20;

/**
 * Collects a stream of unknown kind so that it can be read by position: in memory while small, in a temporary file
 * beyond. The file's name is removed as soon as it is open, so nothing stays behind on an error, a signal or a crash.
 * Writing is synchronous because the tar parser hands out chunks that way.
 */
export class Spool {
  #head: Buffer[] = [];
  #size = 0;
  #file: { descriptor: number; name: string | null } | null = null;

  /**
   * Takes the next bytes; the chunk may be reused afterwards.
   * @throws ExtractorError `bad-input` if they can't be written
   */
  push(chunk: Uint8Array): void {
    try {
      this.#take(chunk);
    } catch (cause) {
      this.discard();
      const reason = (cause as NodeJS.ErrnoException).code ?? String(cause);
      throw new ExtractorError("bad-input", `cannot unpack a binary into ${tmpdir()}: ${reason}`, {
        hint: "make room there, or set TMPDIR to a folder that has some",
        cause,
      });
    }
  }

  #take(chunk: Uint8Array): void {
    this.#size += chunk.length;
    if (this.#file === null) {
      this.#head.push(Buffer.from(chunk));
      if (this.#size <= IN_MEMORY) return;
      this.#file = temporaryFile();
      for (const part of this.#head.splice(0)) this.#write(part);
    } else this.#write(chunk);
  }

  /** What was collected. The caller closes it. */
  finish(): ClosableSource {
    const file = this.#file;
    if (file === null) {
      const whole = Buffer.concat(this.#head);
      return { ...bufferSource(whole), close: async () => {} };
    }
    return { ...descriptorSource(file.descriptor, this.#size), close: async () => this.discard() };
  }

  /** Gives everything up. */
  discard(): void {
    this.#head = [];
    if (this.#file === null) return;
    closeSync(this.#file.descriptor);
    if (this.#file.name !== null) rmSync(this.#file.name, { force: true });
    this.#file = null;
  }

  #write(chunk: Uint8Array): void {
    for (let at = 0; at < chunk.length; ) at += writeSync(this.#file!.descriptor, chunk, at);
  }
}

function temporaryFile(): { descriptor: number; name: string | null } {
  const path = join(tmpdir(), `endpoint-extractor-${randomUUID()}`);
  const descriptor = openSync(path, "wx+", 0o600);
  try {
    rmSync(path);
    return { descriptor, name: null };
  } catch {
    // Some systems refuse to remove an open file; there it goes when it is closed.
    return { descriptor, name: path };
  }
}
