import { createSocket, type Socket } from "node:dgram";
import { createServer, type Server } from "node:net";
import { type Answer, type DecodedPacket, decode, encode, RECURSION_DESIRED } from "dns-packet";

/**
 * 198.18.0.0/15 is set aside for benchmarks: no program takes such an address for the user's own machine or network.
 */
const FIRST_ADDRESS = (198 << 24) | (18 << 16) | 1;
/** Names that get an address of their own. All after them share one, by which no connection tells its name. */
const SHARED_ADDRESS = "198.19.255.255";
/** A program can ask for a name by 65,536 types; each costs as much as a name. */
const MOST_TYPES = 16;
/** A name keeps its address for the whole run. */
const TTL_SECONDS = 300;
const RECURSION_AVAILABLE = 1 << 7;

interface Asked {
  types: Set<string>;
  count: number;
}

/**
 * Answers every name with an address of its own, so that a connection tells the name it is for even where nothing is
 * sent.
 */
export class Resolver {
  readonly #addresses = new Map<string, string>();
  readonly #names = new Map<string, string>();
  readonly #asked = new Map<string, Asked>();
  readonly #mostNames: number;
  #beyond = 0;
  #udp: Socket | null = null;
  #tcp: Server | null = null;

  /** @param mostNames that are told one by one; less than 130,000 */
  constructor(mostNames: number) {
    this.#mostNames = mostNames;
  }

  /** Questions for names beyond those. */
  get beyond(): number {
    return this.#beyond;
  }

  /** Serves UDP and TCP port 53 of all addresses. */
  async listen(): Promise<void> {
    const udp = createSocket("udp4");
    udp.on("message", (message, from) => {
      const answer = this.answer(message);
      if (answer !== null) udp.send(answer, from.port, from.address);
    });
    const tcp = createServer((socket) => {
      let received = Buffer.alloc(0);
      socket.on("error", () => socket.destroy());
      socket.on("data", (chunk: Buffer) => {
        received = Buffer.concat([received, chunk]);
        while (received.length >= 2 && received.length >= 2 + received.readUInt16BE(0)) {
          const end = 2 + received.readUInt16BE(0);
          const answer = this.answer(received.subarray(2, end));
          received = received.subarray(end);
          if (answer !== null) socket.write(Buffer.concat([Buffer.from([answer.length >> 8, answer.length]), answer]));
        }
      });
    });
    this.#udp = udp;
    this.#tcp = tcp;
    await Promise.all([
      new Promise<void>((resolve, reject) => udp.once("error", reject).bind(53, "0.0.0.0", resolve)),
      new Promise<void>((resolve, reject) => tcp.once("error", reject).listen(53, "0.0.0.0", resolve)),
    ]);
    udp.on("error", () => undefined);
    tcp.on("error", () => undefined);
  }

  close(): void {
    this.#udp?.close();
    this.#tcp?.close();
  }

  /** The answer to a query as it stood on the wire; null where it is none. */
  answer(message: Uint8Array): Buffer | null {
    let query: DecodedPacket;
    try {
      query = decode(Buffer.from(message));
    } catch {
      return null;
    }
    if (query.type !== "query") return null;
    const answers: Answer[] = [];
    for (const { name, type } of query.questions ?? []) {
      this.#note(name.toLowerCase(), String(type));
      if (type === "A") answers.push({ type, name, ttl: TTL_SECONDS, data: this.addressOf(name) });
    }
    return encode({
      type: "response",
      id: query.id ?? 0,
      flags: RECURSION_DESIRED | RECURSION_AVAILABLE,
      questions: query.questions ?? [],
      answers,
    });
  }

  #note(name: string, type: string): void {
    const asked = this.#asked.get(name) ?? { types: new Set(), count: 0 };
    if (asked.count === 0) {
      if (this.#asked.size >= this.#mostNames) {
        this.#beyond++;
        return;
      }
      this.#asked.set(name, asked);
    }
    if (asked.types.size < MOST_TYPES) asked.types.add(type);
    asked.count++;
  }

  /** The address of a name, the same for the whole run. */
  addressOf(name: string): string {
    const key = name.toLowerCase().replace(/\.$/, "");
    if (key === "localhost" || key.endsWith(".localhost")) return "127.0.0.1";
    const known = this.#addresses.get(key);
    if (known !== undefined) return known;
    if (this.#addresses.size >= this.#mostNames) return SHARED_ADDRESS;
    const number = FIRST_ADDRESS + this.#addresses.size;
    const address = [24, 16, 8, 0].map((shift) => (number >>> shift) & 255).join(".");
    this.#addresses.set(key, address);
    this.#names.set(address, key);
    return address;
  }

  /** The name an address was given out for; null for addresses a program knew by itself. */
  nameOf(address: string): string | null {
    return this.#names.get(address) ?? null;
  }

  asked(): { name: string; types: string[]; count: number }[] {
    return [...this.#asked]
      .map(([name, { types, count }]) => ({ name, types: [...types].sort(), count }))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  }
}
