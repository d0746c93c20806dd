import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { WebSocketServer } from "ws";
import { Authority } from "../../../extractor/live/server/authority.ts";

/** Of the machine itself, and not among the names that programs don't ask a proxy about. */
const ADDRESS = "127.0.0.2";

/** What arrived at the real server, as it arrived. */
interface Arrived {
  method: string;
  url: string;
  headers: NodeJS.Dict<string | string[]>;
  body: string;
}

export interface Upstream {
  origin: string;
  arrived: Arrived[];
  /** Variables by which a program reaches and trusts it. */
  environment: Record<string, string>;
  close(): Promise<void>;
}

/**
 * A real server, as far as a program can tell: TLS by an authority of its own, an answer with a secret, an echoing
 * websocket.
 */
export async function startUpstream(): Promise<Upstream> {
  const folder = await mkdtemp(join(tmpdir(), "upstream-"));
  const authority = await Authority.create();
  const authorityFile = join(folder, "authority.pem");
  await writeFile(authorityFile, authority.pem);
  const arrived: Arrived[] = [];
  const server = createServer(await authority.keysFor(ADDRESS), async (request, response) => {
    const { method = "", url = "", headers } = request;
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    arrived.push({ method, url, headers, body: Buffer.concat(chunks).toString() });
    response.writeHead(201, {
      "content-type": "application/json",
      "set-cookie": ["session=c2VjcmV0LWFuc3dlcg", "b=2"],
    });
    response.end(
      JSON.stringify({
        reply: "your own answer",
        refresh_token: "rt-answer-0123456789",
        next: "https://other.example.com/a/b",
      }),
    );
  });
  const sockets = new WebSocketServer({ server });
  sockets.on("connection", (socket, { url = "", headers }) => {
    socket.on("message", (data) => {
      arrived.push({ method: "WS", url, headers, body: String(data) });
      socket.send(String(data));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, ADDRESS, resolve));
  const origin = `https://${ADDRESS}:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    arrived,
    environment: { NODE_EXTRA_CA_CERTS: authorityFile, TALK_UPSTREAM: origin },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(folder, { recursive: true });
    },
  };
}
