import type { BinaryFile, BinaryString } from "../../model/binary-string.ts";
import type { DiagnosticLog } from "../../model/diagnostic.ts";
import type { EventFinding, Findings, RequestFinding, SecretFinding, UrlLiteralFinding } from "../../model/finding.ts";
import type { Confidence, Evidence, Method } from "../../model/report.ts";
import { type Template, template } from "../../model/template.ts";
import { envelopeUrl } from "../literals/dsn.ts";
import { binaryEvents } from "./binary-events.ts";
import { CodeNeighbours, type NamedKey } from "./binary-neighbours.ts";
import { isUrlPath, joinsPaths, PATH_REST, rootedPath } from "./binary-paths.ts";
import { hostedPaths } from "./hosted-paths.ts";
import { ownNamespace } from "./own-namespace.ts";

/** Names the way these findings came about; no function call was seen. */
const SINK = "native-string";

const SCHEME = /^(https?|wss?):\/\//;
/** A whole string that is one URL: host, port, path, query. A fragment is never sent, so with one it is a reference. */
const WHOLE_URL =
  /^(?:https?|wss?):\/\/(?:[^\s/@"'<>]{8,}@)?(?:[a-z0-9-]+(?:\.[a-z0-9-]+)+|localhost|\[[0-9a-f:]+\])(?::\d+)?(?:[/?][^\s"'<>\\^`|#]*)?$/i;
const URL_IN_TEXT = /https?:\/\/(?:[^\s/@"'<>]+@)?[a-z0-9-]+(?:\.[a-z0-9-]+)*(?::\d+)?(?:\/[^\s"'<>\\^`|(){}[\]]*)?/gi;
/** What goes in front of the host: the key of a DSN. */
const USER_INFO = /^([a-z]+:\/\/)([^\s/@]+)@/;
const CANDIDATE = /^(?=.*\d)(?=.*[A-Za-z])[!-~]{16,512}$/;
export interface KnownNames {
  /** The name of the program, which its own event names begin with. */
  program: string;
  /** A path that an interface many servers speak is known by. */
  isPath: (path: string) => boolean;
}

/**
 * What the strings of a native binary say: URLs and templates of URLs as requests of method ANY, each whole URL also
 * as a literal for the references, keys next to header names, event names by family. The layer and confidence of the
 * string decide the finding's confidence; nothing here saw a call.
 */
export function findBinaryStrings(file: BinaryFile, known: KnownNames, log: DiagnosticLog): Findings {
  const requests: RequestFinding[] = [];
  const urls: UrlLiteralFinding[] = [];
  const neighbours = new CodeNeighbours(file.strings);
  const secretOf = ({ sentAs, value }: NamedKey): SecretFinding => ({
    value: value.pieces[0]!,
    sentAs,
    evidence: evidenceOf(file, value),
  });
  const secrets = [...neighbours.keys().map(secretOf), ...candidates(file)];
  const joins = joinsPaths(file.strings);
  for (const string of file.strings) {
    const evidence = evidenceOf(file, string);
    const found = urlOf(string) ?? (joins ? pathUrl(string, known.isPath) : null);
    if (found !== null && isCutHost(string)) {
      log.add(
        "cut-parts",
        `${file.path}: a URL in native code that fills a vector and has no path: the rest of it may be elsewhere`,
      );
      continue;
    }
    if (found === null) {
      if (string.confidence !== "low") urls.push(...literalsIn(string, evidence));
      continue;
    }
    const keys = neighbours.keysOf(string).map(secretOf);
    // The whole URL is the secret: shapes such as a DSN's are known by all of it.
    if (found.hasKey) {
      keys.push({ value: string.pieces[0]!, sentAs: "url", evidence });
      secrets.push(keys.at(-1)!);
    }
    requests.push({
      kind: found.isSocket ? "socket" : "request",
      method: found.method,
      urls: [found.url],
      headers: neighbours.headersOf(string),
      bodyFields: [],
      secrets: keys,
      gates: [],
      confidence: found.confidence,
      sink: SINK,
      isUnseen: true,
      evidence,
    });
    if (string.pieces.length === 1 && !found.hasKey && SCHEME.test(string.pieces[0]!))
      urls.push({ url: string.pieces[0]!, context: { kind: "literal" }, evidence });
  }
  for (const { host, string } of hostedPaths(file.strings)) requests.push(hostedRequest(file, host, string));
  const own = ownNamespace(known.program, file.path);
  const events: EventFinding[] = binaryEvents(file.strings, own, log).map((string) => ({
    name: [string.pieces[0]!],
    fields: [],
    gates: [],
    evidence: evidenceOf(file, string),
  }));
  return { requests, events, secrets, environment: [], urls };
}

const hostedRequest = (file: BinaryFile, host: string, string: BinaryString): RequestFinding => ({
  kind: "request",
  method: "ANY",
  urls: [[`${host}${string.pieces[0]}`]],
  headers: [],
  bodyFields: [],
  secrets: [],
  gates: [],
  confidence: "low",
  sink: SINK,
  isUnseen: true,
  evidence: evidenceOf(file, string),
});

const VECTOR_BYTES = 16;

/** `https://api.exam`: what one load takes of a longer text looks like a host. */
const isCutHost = ({ layer, pieces: [text] }: BinaryString): boolean =>
  layer === "vector" && typeof text === "string" && text.length % VECTOR_BYTES === 0 && /^\w+:\/\/[^/]+$/.test(text);

/** Words that could be keys by their shape alone; which shapes there are is for the classification to say. */
function candidates(file: BinaryFile): SecretFinding[] {
  return file.strings.flatMap((string) => {
    const [text] = string.pieces;
    const isOne = string.pieces.length === 1 && string.confidence !== "low";
    if (!isOne || typeof text !== "string" || !CANDIDATE.test(text)) return [];
    return [{ value: text, sentAs: null, evidence: evidenceOf(file, string) }];
  });
}

function evidenceOf(file: BinaryFile, string: BinaryString): Evidence {
  const column = string.offset + 1;
  const what = `string in native code: ${string.layer}, ${string.confidence}`;
  return { file: file.path, line: 1, column, derivation: [{ what, line: 1, column }] };
}

interface FoundUrl {
  url: Template;
  isSocket: boolean;
  method: Method;
  confidence: Confidence;
  /** There is a key in front of the host. */
  hasKey: boolean;
}

function urlOf(string: BinaryString): FoundUrl | null {
  const first = string.pieces[0];
  if (string.pieces.length > 1) return templateUrl(string);
  if (typeof first !== "string" || !WHOLE_URL.test(first)) return null;
  const isSocket = first.startsWith("ws");
  const envelope = envelopeUrl(first);
  return {
    url: [envelope ?? first.replace(USER_INFO, "$1")],
    isSocket,
    method: envelope !== null ? "POST" : isSocket ? "WS" : "ANY",
    confidence: string.confidence,
    hasKey: USER_INFO.test(first),
  };
}

/** `https://host/{}`, `https://{}.host/path`, and a base that is only known at run time: `{}/path/{}`. */
function templateUrl(string: BinaryString): FoundUrl | null {
  const [first] = string.pieces;
  const rest = string.pieces.filter((piece): piece is string => piece !== null);
  const confidence = string.confidence === "low" ? "low" : "partial";
  if (typeof first === "string") {
    const scheme = SCHEME.exec(first);
    if (scheme === null || !rest.slice(1).every((piece) => PATH_REST.test(piece))) return null;
    const host = first.slice(scheme[0].length);
    if (!/^[a-z0-9.:_/?=&%~+-]*$/i.test(host)) return null;
    // Without any letter of a host or path it stands for every URL.
    if (!/[a-z]/i.test(host + rest.slice(1).join(""))) return null;
    const isSocket = first.startsWith("ws");
    return { url: withHoles(string.pieces), isSocket, method: isSocket ? "WS" : "ANY", confidence, hasKey: false };
  }
  if (!isUrlPath(string.pieces.slice(1))) return null;
  return { url: withHoles(string.pieces), isSocket: false, method: "ANY", confidence, hasKey: false };
}

/** A path that a base is put in front of somewhere else: where, nobody saw. */
function pathUrl(string: BinaryString, isKnown: KnownNames["isPath"]): FoundUrl | null {
  const path = rootedPath(string, isKnown);
  if (path === null) return null;
  const method = path === "rpc" ? "POST" : "ANY";
  return { url: withHoles([null, ...string.pieces]), isSocket: false, method, confidence: "low", hasKey: false };
}

function withHoles(pieces: BinaryString["pieces"]): Template {
  let count = 0;
  const named = pieces.map((piece, i) => piece ?? { kind: "param" as const, name: i === 0 ? "base" : `arg${++count}` });
  return template(named);
}

/** URLs inside longer texts. */
function literalsIn(string: BinaryString, evidence: Evidence): UrlLiteralFinding[] {
  const found: UrlLiteralFinding[] = [];
  for (const text of string.pieces) {
    if (text === null) continue;
    for (const match of text.matchAll(URL_IN_TEXT)) {
      const url = match[0].replace(USER_INFO, "$1").replace(/[.,;:!?]+$/, "");
      const before = text.slice(Math.max(0, match.index - 40), match.index);
      found.push({ url, context: { kind: "text", length: text.length, before }, evidence });
    }
  }
  return found;
}
