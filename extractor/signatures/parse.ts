import { readFile } from "node:fs/promises";
import { Ajv2020, type ErrorObject } from "ajv/dist/2020.js";
import { parse as parseYaml } from "yaml";
import { ExtractorError } from "../errors.ts";
import type { AnswerSet } from "../model/signatures/live-signature.ts";
import type { Sandbox } from "../model/signatures/sandbox.ts";
import type {
  Channel,
  DataClass,
  Envelope,
  GenericRules,
  ReferenceRule,
  SenderProgram,
  SharedHost,
  Signatures,
  Tool,
  Vendor,
  VendorRule,
} from "../model/signatures/signature.ts";
import { type SinkFile, sinkTable } from "./sink-rows.ts";

export interface SignatureFile {
  /** Relative to signatures/, `/` as separator. */
  path: string;
  text: string;
}

/** Schema of a file, by its place. */
const SCHEMAS = {
  "taxonomy.yaml": "taxonomy",
  "generic.yaml": "generic",
  "references.yaml": "references",
  "senders.yaml": "senders",
  "envelopes.yaml": "envelopes",
  "shared-hosts.yaml": "shared-hosts",
  vendors: "vendor",
  tools: "tool",
  sandboxes: "sandbox",
  sinks: "sink",
  answers: "answers",
} as const;

/**
 * YAML texts -> validated signatures.
 * @param schemas folder of the JSON Schemas
 * @throws ExtractorError "bad-signature" at the first fault: file, JSON pointer, what is wrong
 */
export async function parseSignatures(files: readonly SignatureFile[], schemas: URL): Promise<Signatures> {
  const ajv = newAjv();
  const documents = new Map<string, unknown>();
  for (const file of files) {
    const place = file.path.split("/")[0] as keyof typeof SCHEMAS;
    const name = `${SCHEMAS[place]}.schema.json`;
    if (!ajv.getSchema(name)) ajv.addSchema(JSON.parse(await readFile(new URL(name, schemas), "utf8")));
    const document = readYaml(file);
    const validate = ajv.getSchema(name)!;
    if (!validate(document)) throw explain(file.path, validate.errors ?? []);
    const { id } = document as { id?: string };
    if (id !== undefined && !file.path.endsWith(`/${id}.yaml`)) throw bad(file.path, "/id", `must be the file's name`);
    documents.set(file.path, document);
  }
  const folder = <T>(name: string) => [...documents].filter(([path]) => path.startsWith(`${name}/`)) as [string, T][];
  const taxonomy = documents.get("taxonomy.yaml") as { channels: Channel[]; dataClasses: DataClass[] };
  const signatures: Signatures = {
    channels: taxonomy.channels,
    dataClasses: taxonomy.dataClasses,
    generic: documents.get("generic.yaml") as GenericRules,
    references: (documents.get("references.yaml") as { rules: ReferenceRule[] }).rules,
    senders: (documents.get("senders.yaml") as { senders: SenderProgram[] }).senders,
    envelopes: (documents.get("envelopes.yaml") as { envelopes: Envelope[] }).envelopes,
    sharedHosts: (documents.get("shared-hosts.yaml") as { hosts: SharedHost[] }).hosts,
    sandboxes: folder<Sandbox>("sandboxes").map(([, sandbox]) => sandbox),
    vendors: folder<Vendor>("vendors").map(([, vendor]) => vendor),
    tools: folder<Tool>("tools").map(([, tool]) => tool),
    sinks: folder<SinkFile>("sinks").map(([, file]) => sinkTable(file)),
    answers: folder<AnswerSet>("answers").map(([, set]) => set),
  };
  checkNames(signatures);
  checkPatterns(signatures);
  return signatures;
}

const newAjv = () => new Ajv2020({ strict: true, allowUnionTypes: true, strictTypes: false, strictRequired: false });

/**
 * A person's own file of answers.
 * @throws ExtractorError "bad-signature"
 */
export async function parseAnswers(file: SignatureFile, schemas: URL): Promise<AnswerSet> {
  const document = readYaml(file);
  const validate = newAjv().compile(JSON.parse(await readFile(new URL("answers.schema.json", schemas), "utf8")));
  if (!validate(document)) throw explain(file.path, validate.errors ?? []);
  checkAnswers(file.path, document as AnswerSet);
  return document as AnswerSet;
}

/** Of several faults (each branch of a `oneOf` has its own) the deepest says most. */
function explain(path: string, faults: ErrorObject[]): ExtractorError {
  const depth = ({ instancePath }: ErrorObject) => instancePath.split("/").length;
  const fault = faults.reduce((best, next) => (depth(next) > depth(best) ? next : best));
  const { additionalProperty, allowedValues } = fault.params as {
    additionalProperty?: string;
    allowedValues?: string[];
  };
  const about = additionalProperty ?? allowedValues?.join(", ");
  return bad(path, fault.instancePath, `${fault.message}${about === undefined ? "" : `: ${about}`}`);
}

function readYaml(file: SignatureFile): unknown {
  try {
    return parseYaml(file.text, { prettyErrors: true, merge: true });
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw bad(file.path, "", message.split("\n")[0]!.replace(/:$/, ""));
  }
}

/** Rules name channels and data classes of the taxonomy, and no others. */
function checkNames({ channels, dataClasses, generic, vendors }: Signatures): void {
  const channelIds = new Set(channels.map(({ id }) => id));
  const classIds = new Set(dataClasses.map(({ id }) => id));
  const check = (path: string, at: string, { channel, dataClasses: named = [] }: Partial<VendorRule>) => {
    if (channel !== undefined && !channelIds.has(channel))
      throw bad(path, `${at}/channel`, `unknown channel ${channel}`);
    for (const id of named) if (!classIds.has(id)) throw bad(path, `${at}/dataClasses`, `unknown data class ${id}`);
  };
  channels.forEach(({ dataClasses: named = [] }, i) => {
    check("taxonomy.yaml", `/channels/${i}`, { dataClasses: named });
  });
  generic.rules.forEach((rule, i) => {
    check("generic.yaml", `/rules/${i}`, rule);
  });
  for (const { id, rules } of vendors)
    rules.forEach((rule, i) => {
      check(`vendors/${id}.yaml`, `/rules/${i}`, rule);
    });
}

function checkAnswers(path: string, { answers }: AnswerSet): void {
  answers.forEach(({ body, websocket }, i) => {
    if (body !== undefined) checkPattern(path, `/answers/${i}/body`, body);
    for (const { match } of websocket?.replies ?? []) checkPattern(path, `/answers/${i}/websocket`, match);
  });
}

function checkPattern(path: string, at: string, source: string): void {
  try {
    new RegExp(source);
  } catch {
    throw bad(path, at, "not a regular expression");
  }
}

function checkPatterns({ generic, vendors, tools, references, senders, answers }: Signatures): void {
  const check = checkPattern;
  for (const set of answers) checkAnswers(`answers/${set.id}.yaml`, set);
  for (const [path, { credentials }] of [
    ["generic.yaml", generic] as const,
    ...vendors.map((vendor) => [`vendors/${vendor.id}.yaml`, vendor] as const),
  ])
    credentials.forEach(({ pattern }, i) => {
      check(path, `/credentials/${i}/pattern`, pattern);
    });
  for (const { id, userAgents } of tools)
    userAgents.forEach((pattern, i) => {
      check(`tools/${id}.yaml`, `/userAgents/${i}`, pattern);
    });
  senders.forEach(({ userAgents, shapes = [] }, i) => {
    const patterns = [...userAgents, ...shapes.flatMap(({ path, query = "" }) => [path, query])];
    for (const pattern of patterns) check("senders.yaml", `/senders/${i}`, pattern);
  });
  references.forEach(({ url = [], before = "" }, i) => {
    for (const pattern of [...url, before]) check("references.yaml", `/rules/${i}`, pattern);
  });
}

function bad(path: string, pointer: string, what: string): ExtractorError {
  return new ExtractorError("bad-signature", `signatures/${path}${pointer === "" ? "" : ` at ${pointer}`}: ${what}`, {
    hint: "Its form is in signatures/schema/.",
  });
}
