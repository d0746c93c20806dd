import type { ServerResponse } from "node:http";
import { WebSocketServer } from "ws";
import { withoutEncoding } from "../../capture/body/encodings.ts";
import { parsedUrl } from "../../model/parsed-url.ts";
import type { Answer } from "../../model/signatures/live-signature.ts";
import type { Answers, Reply } from "./answers.ts";
import type { Observation } from "./observation.ts";
import { type Asked, filler } from "./placeholders.ts";
import {
  type AnyRequest,
  type AnyResponse,
  asksForWebSocket,
  MAX_BODY_BYTES,
  noteMessage,
  type Respondent,
  refuse,
  type Upgrade,
} from "./respondent.ts";

/** Answers by itself, as the answers say. */
export class LocalRespondent implements Respondent {
  readonly #answers: Answers;
  readonly #webSockets = new WebSocketServer({ noServer: true, maxPayload: MAX_BODY_BYTES });

  constructor(answers: Answers) {
    this.#answers = answers;
  }

  respond(request: AnyRequest, response: AnyResponse, seen: Observation): void {
    request.on("end", () => {
      const asked = askedBy(seen);
      const reply = this.#answers.reply(this.#answers.find(asked, "http"), asked);
      seen.reply = reply;
      send(response, reply, seen.method);
    });
  }

  /** Websockets are accepted or refused as the answers say, everything else is refused. */
  upgrade({ request, socket, head }: Upgrade, seen: Observation, done: () => void): void {
    const asked = askedBy(seen);
    const answer = this.#answers.find(asked, "websocket");
    if (!asksForWebSocket(request) || (answer.websocket === undefined && refuses(answer))) {
      const reply = refuses(answer)
        ? this.#answers.reply(answer, asked)
        : { status: 426, headers: {}, body: Buffer.alloc(0) };
      seen.reply = reply;
      refuse(socket, reply);
      done();
      return;
    }
    Object.assign(seen, { messages: [], reply: { status: 101, headers: {}, body: Buffer.alloc(0) } });
    this.#webSockets.handleUpgrade(request, socket, head, (webSocket) => {
      webSocket.on("error", () => webSocket.terminate());
      webSocket.on("close", done);
      webSocket.on("message", (data, isBinary) => {
        noteMessage(seen, "send", data, isBinary);
        for (const text of repliesTo(answer, asked, String(data))) {
          noteMessage(seen, "receive", Buffer.from(text), false);
          webSocket.send(text);
        }
      });
    });
  }
}

const refuses = ({ status = 200 }: Answer): boolean => status >= 300;

function askedBy({ method, url, body, rawHeaders }: Observation): Asked {
  const { hostname, pathname } = parsedUrl(url) ?? { hostname: "", pathname: "/" };
  const encoding = rawHeaders.findIndex((name, i) => i % 2 === 0 && name.toLowerCase() === "content-encoding");
  return {
    method,
    host: hostname,
    path: pathname,
    body: decoded(body, encoding < 0 ? null : rawHeaders[encoding + 1]!),
  };
}

/** What does not unpack is asked about as it stands. */
function decoded(body: Buffer, encoding: string | null): Buffer {
  try {
    return withoutEncoding(body, encoding);
  } catch {
    return body;
  }
}

function send(response: AnyResponse, { status, headers, body }: Reply, method: string): void {
  const bodiless = method === "HEAD" || status === 204 || status === 304;
  const length = bodiless ? {} : { "content-length": String(body.length) };
  (response as ServerResponse).writeHead(status, { ...headers, ...length });
  if (bodiless) response.end();
  else response.end(body);
}

function* repliesTo({ websocket }: Answer, asked: Asked, said: string): Generator<string> {
  const reply = websocket?.replies.find(({ match }) => new RegExp(match).test(said));
  if (reply === undefined) return;
  const fill = filler({ ...asked, body: Buffer.from(said) });
  for (const one of reply.send) {
    const filled = fill(one);
    yield typeof filled === "string" ? filled : JSON.stringify(filled);
  }
}
