import { randomUUID } from "node:crypto";
import { closeSync, openSync, readSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bufferSource, type ClosableSource } from "./bytes.ts";

/** Up to this many bytes stay in memory: a temporary file costs more than it saves below. */
const IN_MEMORY = 1 << 20;

/**
 * Collects a stream of unknown kind so that it can be read by position: in memory while small, in a temporary file beyond.
 * The file's name is removed as soon as it is open, so nothing stays behind on an error, a signal or a crash.
 * Writing is synchronous because the tar parser hands out chunks that way.
 */
export class Spool {
  #head: Buffer[] = [];
  #size = 0;
  #file: { descriptor: number; name: string | null } | null = null;

  /** Takes the next bytes; the chunk may be reused afterwards. Throws what the file system throws. */
  push(chunk: Uint8Array): void {
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
    const size = this.#size;
    return {
      size,
      read: async (offset, length) => {
        if (!(offset >= 0) || offset >= size || !(length > 0)) return Buffer.alloc(0);
        const buffer = Buffer.allocUnsafe(Math.min(length, size - offset));
        return buffer.subarray(0, readSync(file.descriptor, buffer, 0, buffer.length, offset));
      },
      close: async () => this.discard(),
    };
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
