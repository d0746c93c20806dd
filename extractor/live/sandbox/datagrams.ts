import { createSocket, type Socket } from "node:dgram";
import type { LiveDatagrams } from "../../model/live-run.ts";
import { type SendingProcess, socketOwner } from "../server/socket-owner.ts";

interface Heard {
  sender: SendingProcess | null;
  quic: boolean;
  count: number;
  bytes: number;
}

/** Long header and fixed bit of a QUIC packet, then a version that isn't 0. */
const isQuic = (bytes: Buffer): boolean =>
  bytes.length >= 1200 && (bytes[0]! & 0xc0) === 0xc0 && bytes.readUInt32BE(1) !== 0;

/**
 * Hears datagrams and never answers: clients of QUIC go back to TCP. By the program's port, since the filter knows
 * the rest.
 */
export class DatagramSink {
  readonly #socket: Socket = createSocket("udp4");
  readonly #heard = new Map<number, Heard>();

  async listen(port: number): Promise<void> {
    this.#socket.on("message", (bytes, { port: from }) => {
      const heard = this.#heard.get(from) ?? {
        sender: socketOwner("udp", from).sender,
        quic: false,
        count: 0,
        bytes: 0,
      };
      heard.count++;
      heard.bytes += bytes.length;
      heard.quic ||= isQuic(bytes);
      this.#heard.set(from, heard);
    });
    await new Promise<void>((resolve, reject) => this.#socket.once("error", reject).bind(port, "0.0.0.0", resolve));
  }

  close(): void {
    this.#socket.close();
  }

  /** What came from a program's port. */
  from(port: number | null): Pick<LiveDatagrams, "process" | "kind" | "bytes"> & { datagrams: number } {
    const heard = port === null ? undefined : this.#heard.get(port);
    if (heard === undefined) return { process: null, kind: "udp", datagrams: 1, bytes: 0 };
    return {
      process: heard.sender?.name ?? null,
      kind: heard.quic ? "quic" : "udp",
      datagrams: heard.count,
      bytes: heard.bytes,
    };
  }
}
