import type { ClosableSource } from "../bytes.ts";
import { containerKind, MAGIC_BYTES } from "../container-kind.ts";
import { Spool } from "./spool.ts";

/** Collects an entry of an archive if its first bytes are a container's; any other costs nothing. */
export class ContainerEntry {
  #head: Buffer = Buffer.alloc(0);
  #spool: Spool | null = null;

  /** Takes the next bytes of the entry; the chunk may be reused afterwards. */
  push(chunk: Buffer): void {
    if (this.#spool !== null) this.#spool.push(chunk);
    else if (this.#head.length < MAGIC_BYTES) {
      const missing = MAGIC_BYTES - this.#head.length;
      this.#head = Buffer.concat([this.#head, chunk.subarray(0, missing)]);
      if (containerKind(this.#head) === null) return;
      this.#spool = new Spool();
      this.#spool.push(this.#head);
      this.#spool.push(chunk.subarray(missing));
    }
  }

  /** The whole entry if it is a container. The caller closes it. */
  finish(): ClosableSource | null {
    return this.#spool?.finish() ?? null;
  }
}
