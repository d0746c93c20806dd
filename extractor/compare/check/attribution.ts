import type { Sender } from "../../model/check.ts";
import type { Exchange } from "../../model/exchange.ts";
import { escaped } from "../../model/patterns/escaped-pattern.ts";
import type { Report } from "../../model/report.ts";
import type { SenderProgram, Signatures } from "../../model/signatures/signature.ts";
import { displayUserAgent } from "../match/display-url.ts";
import type { DocumentMember } from "../match/members.ts";
import type { RequestTarget } from "../match/target.ts";
import { wildcard } from "../match/wildcard.ts";

interface Program {
  program: SenderProgram;
  userAgents: RegExp[];
  shapes: { method: string | null; host: string | null; path: RegExp; query: RegExp | null }[];
}

interface Mark {
  text: string;
  name: RegExp;
  value: RegExp;
}

/** Who sent a request, by User-Agent, shape and payload. A host name alone never decides. */
export class Attribution {
  readonly #tool: { name: string; userAgents: RegExp[]; marks: Mark[]; processes: ReadonlySet<string> };
  readonly #otherTools: { name: string; userAgents: RegExp[] }[];
  readonly #programs: Program[];
  /** A capture has few User-Agents, and many requests of each. */
  readonly #byAgent = new Map<string, Sender | null>();

  constructor(report: Report, signatures: Pick<Signatures, "tools" | "senders">) {
    const own = signatures.tools.find(({ id }) => id === report.tool);
    const short = report.package.name.replace(/^@[^/]*\//, "");
    const known = own?.userAgents ?? [];
    this.#tool = {
      name: own?.name ?? report.package.name,
      userAgents: compile(known.length > 0 ? known : [`^${escaped(short)}[/ ]`]),
      marks: (own?.payloadMarks ?? []).map(markOf),
      processes: new Set([short, ...(own?.aliases ?? [])].map((one) => one.toLowerCase())),
    };
    this.#otherTools = signatures.tools
      .filter(({ id }) => id !== report.tool)
      .map(({ name, userAgents }) => ({ name, userAgents: compile(userAgents) }));
    this.#programs = signatures.senders.map((program) => ({
      program,
      userAgents: compile(program.userAgents),
      shapes: (program.shapes ?? []).map(({ method, host, path, query }) => ({
        method: method ?? null,
        host: host ?? null,
        path: new RegExp(path),
        query: query === undefined ? null : new RegExp(query),
      })),
    }));
  }

  get toolName(): string {
    return this.#tool.name;
  }

  /**
   * Null where neither User-Agent nor shape says who it is. Weak ones are asked for with `weak`, after what was
   * predicted.
   */
  bySender(exchange: Exchange, target: RequestTarget): Sender | null {
    const agent = exchange.userAgent;
    const running = nameOfProcess(exchange.process);
    // A runtime's User-Agent is that of every program made with it; the name of the process is the program's own.
    if (running !== null && this.#tool.processes.has(running)) return this.tool(`process ${running}`);
    if (agent === null || agent === "")
      return this.#byProcess(exchange.process) ?? this.#byShape(exchange.method, target);
    // The host counts for some programs, so their answer is no property of the User-Agent.
    const hosted = this.#programs.find(
      ({ program, userAgents }) =>
        program.hosts !== undefined &&
        matches(userAgents, agent) &&
        program.hosts.some((host) => isBelow(target.host, host)),
    );
    if (hosted !== undefined) return sentBy(hosted.program, `User-Agent ${displayUserAgent(agent)} at ${target.host}`);
    return this.#named(agent) ?? this.#byProcess(exchange.process);
  }

  /** Weak ones as well: a process can't be called otherwise by what it sends. */
  #byProcess(process: string | null): Sender | null {
    if (process === null) return null;
    const name = nameOfProcess(process);
    const found = this.#programs.find(({ program }) => program.processes?.some((one) => one.toLowerCase() === name));
    return found === undefined ? null : sentBy(found.program, `process ${name}`);
  }

  /** curl, browsers: programs that anybody may be, or pretend to be. */
  byWeakAgent(agent: string | null): Sender | null {
    const found = this.#programs.find(
      ({ program, userAgents }) => program.weak && agent !== null && matches(userAgents, agent),
    );
    return found === undefined ? null : sentBy(found.program, `User-Agent ${displayUserAgent(agent!)}`);
  }

  /** The tool's own marks, in the body or the headers. */
  byPayload(members: readonly DocumentMember[], exchange: Exchange): Sender | null {
    for (const mark of this.#tool.marks) {
      const inBody = members.some(
        ({ name, value }) => typeof value === "string" && mark.name.test(name) && mark.value.test(value),
      );
      const inHeader = Object.entries(exchange.headers).some(
        ([name, values]) => mark.name.test(name) && values.some((value) => mark.value.test(value)),
      );
      if (inBody || inHeader) return this.tool(`payload says ${mark.text}`);
    }
    return null;
  }

  tool(evidence: string): Sender {
    return { kind: "tool", name: this.#tool.name, evidence: [evidence] };
  }

  #named(agent: string): Sender | null {
    const known = this.#byAgent.get(agent);
    if (known !== undefined) return known;
    const sender = this.#nameAgent(agent);
    if (this.#byAgent.size < 10_000) this.#byAgent.set(agent, sender);
    return sender;
  }

  #nameAgent(agent: string): Sender | null {
    const evidence = `User-Agent ${displayUserAgent(agent)}`;
    if (matches(this.#tool.userAgents, agent)) return this.tool(evidence);
    const program = this.#programs.find(
      ({ program, userAgents }) => !program.weak && program.hosts === undefined && matches(userAgents, agent),
    );
    if (program !== undefined) return sentBy(program.program, evidence);
    const other = this.#otherTools.find(({ userAgents }) => matches(userAgents, agent));
    return other === undefined ? null : { kind: "bystander", name: other.name, evidence: [evidence] };
  }

  #byShape(method: string, target: RequestTarget): Sender | null {
    for (const { program, shapes } of this.#programs) {
      const shape = shapes.find(
        (one) =>
          (one.method === null || one.method === method) &&
          (one.host === null || isBelow(target.host, one.host)) &&
          one.path.test(target.rawPath) &&
          (one.query === null || one.query.test(target.query)),
      );
      if (shape !== undefined)
        return sentBy(program, `no User-Agent; ${method} ${plainPath(shape.path)} is a request of ${program.name}`);
    }
    return null;
  }
}

/** What an unattributed request is called: the product of its User-Agent, usually an HTTP library. */
export function unknownSender({ userAgent, process }: Pick<Exchange, "userAgent" | "process">): Sender {
  const name = userAgent ? displayUserAgent(userAgent.split(" ")[0]!) : "no User-Agent";
  return { kind: "unknown", name, evidence: process === null ? [] : [`process ${displayUserAgent(process)}`] };
}

/** `/usr/bin/git`, `Firefox.exe` -> `git`, `firefox` */
const nameOfProcess = (process: string | null): string | null =>
  process === null
    ? null
    : process
        .replace(/^.*[/\\]/, "")
        .replace(/\.exe$/i, "")
        .toLowerCase();

const sentBy = (program: SenderProgram, evidence: string): Sender => ({
  kind: program.verdict === "bystander" ? "bystander" : "child",
  name: program.name,
  evidence: [evidence],
});

/** A rule's pattern as a reader would write the path. */
const plainPath = (pattern: RegExp): string => pattern.source.replace(/^\^|\$$/g, "").replace(/\\(.)/g, "$1");

const compile = (patterns: readonly string[]): RegExp[] => patterns.map((pattern) => new RegExp(pattern));

const matches = (patterns: readonly RegExp[], text: string): boolean => patterns.some((pattern) => pattern.test(text));

const isBelow = (host: string, domain: string): boolean => host === domain || host.endsWith(`.${domain}`);

/** `service.name=tool_*` */
function markOf(text: string): Mark {
  const equals = text.indexOf("=");
  return { text, name: wildcard(text.slice(0, equals)), value: wildcard(text.slice(equals + 1)) };
}
