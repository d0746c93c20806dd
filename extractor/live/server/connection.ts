import type { SendingProcess } from "./socket-owner.ts";

/** One connection of a program of the run, from accept to close. */
export interface Connection {
  /** Where it was meant to go. */
  address: string;
  port: number;
  /**
   * The name that was looked up for the address, or that a proxy was asked for; null for an address the program knew
   * by itself.
   */
  name: string | null;
  sender: SendingProcess | null;
  throughProxy: boolean;
  /** What it turned out to speak. */
  protocol: "http" | "tls" | "raw" | "socks" | null;
  /** Name in the TLS greeting. */
  serverName: string | null;
  handshake: "none" | "started" | "completed";
  /** Requests or upgrades it carried. */
  requests: number;
  /** Bytes that were no HTTP. */
  rawBytes: number;
  /** Why the handshake ended early, in the words of the TLS library. */
  failure: string | null;
}

export const connectionHost = ({ name, serverName, address }: Connection): string => name ?? serverName ?? address;

export const newConnection = (
  target: Pick<Connection, "address" | "port" | "name" | "sender" | "throughProxy">,
): Connection => ({
  ...target,
  protocol: null,
  serverName: null,
  handshake: "none",
  requests: 0,
  rawBytes: 0,
  failure: null,
});
