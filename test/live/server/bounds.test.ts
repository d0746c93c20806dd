import { once } from "node:events";
import { connect, createServer } from "node:net";
import { encode } from "dns-packet";
import { expect, test } from "vitest";
import { MOST_LISTED, saidBeyond } from "../../../extractor/live/recording/beyond.ts";
import { Ledger } from "../../../extractor/live/recording/ledger.ts";
import { Resolver } from "../../../extractor/live/sandbox/resolver.ts";
import { AnyHostServer } from "../../../extractor/live/server/any-host-server.ts";
import { Authority } from "../../../extractor/live/server/authority.ts";
import { newConnection } from "../../../extractor/live/server/connection.ts";
import { Exchanges } from "../../../extractor/live/server/exchanges.ts";
import { Held } from "../../../extractor/live/server/held.ts";
import type { Observation } from "../../../extractor/live/server/observation.ts";
import { noteMessage } from "../../../extractor/live/server/respondent.ts";

const connection = () =>
  newConnection({ address: "198.18.0.1", port: 443, name: null, sender: null, throughProxy: false });
const observation = (url: string, held: Held): Observation => ({
  ...{ connection: connection(), method: "GET", url, version: "HTTP/1.1", rawHeaders: [], body: Buffer.alloc(0) },
  ...{ bodyBytes: 0, started: 0, reply: null, failure: null, messages: null, share: held.share() },
});

test("names beyond a number share an address, and are counted", () => {
  const resolver = new Resolver(3);
  const ask = (name: string) =>
    resolver.answer(encode({ type: "query", questions: [{ type: "A", name, class: "IN" }] }));
  for (let i = 0; i < 5; i++) ask(`n${i}.example.com`);
  ask("n0.example.com");
  expect(resolver.asked().map(({ name, count }) => [name, count])).toEqual([
    ["n0.example.com", 2],
    ["n1.example.com", 1],
    ["n2.example.com", 1],
  ]);
  expect(resolver.beyond).toBe(2);
  expect(resolver.nameOf(resolver.addressOf("n2.example.com"))).toBe("n2.example.com");
  expect(resolver.addressOf("n3.example.com")).toBe(resolver.addressOf("n4.example.com"));
  expect(resolver.nameOf(resolver.addressOf("n3.example.com"))).toBe(null);
});

test("a name asked for by every type costs no more than sixteen", () => {
  const resolver = new Resolver(3);
  for (let type = 300; type < 400; type++) {
    const query = encode({ type: "query", questions: [{ type: "A", name: "n.example.com", class: "IN" }] });
    query.writeUInt16BE(type, query.length - 4);
    resolver.answer(query);
  }
  expect(resolver.asked()).toMatchObject([{ count: 100, types: { length: 16 } }]);
});

test("connections beyond a number are served and counted", async () => {
  const seen: string[] = [];
  const respondent = {
    respond: (_: unknown, response: { end(text: string): void }) => response.end("served"),
    upgrade: () => undefined,
  };
  const sink = new AnyHostServer(
    await Authority.create(),
    new Exchanges(respondent as never, ({ url }) => seen.push(url)),
    2,
  );
  const server = createServer((socket) => sink.accept(socket, connection())).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  for (let i = 0; i < 5; i++) {
    const socket = connect(port, "127.0.0.1");
    socket.write(`GET /${i} HTTP/1.1\r\nhost: a.example\r\nconnection: close\r\n\r\n`);
    let text = "";
    for await (const chunk of socket) text += chunk;
    expect(text).toMatch(/served/);
  }
  sink.close();
  server.close();
  expect(seen).toHaveLength(5);
  expect([sink.connections.length, sink.beyond, sink.refused]).toEqual([2, 3, 0]);
});

test("requests unlike all others are counted beyond a number", () => {
  const ledger = new Ledger();
  const held = new Held(0);
  for (let i = 0; i < MOST_LISTED + 7; i++) ledger.add(observation(`https://a.example/${i}`, held));
  ledger.add(observation("https://a.example/0", held));
  expect([ledger.requests().length, ledger.beyond, ledger.count]).toEqual([MOST_LISTED, 7, MOST_LISTED + 8]);
  expect(saidBeyond("requests", ledger.beyond)).toEqual(["7 requests beyond the first 50000 are counted, not listed"]);
  expect(saidBeyond("requests", 0)).toEqual([]);
});

test("what is under way holds no more than there is room for, together", () => {
  const held = new Held(1000);
  const [first, second] = [observation("https://a.example/", held), observation("https://b.example/", held)];
  noteMessage(first, "send", Buffer.alloc(500), true);
  noteMessage(second, "send", Buffer.alloc(500), true);
  noteMessage(second, "send", Buffer.alloc(1), true);
  expect([first.messages?.length, second.messages?.length, held.cut]).toEqual([1, 0, 1]);
  first.share.release();
  const third = observation("https://c.example/", held);
  noteMessage(third, "send", Buffer.alloc(500), true);
  expect([third.messages?.length, held.cut]).toEqual([1, 1]);
});
