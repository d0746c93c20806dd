import { LIVE_RUN_SCHEMA_VERSION, type LiveMode, type LiveRun } from "../../model/live-run.ts";
import type { RunPlan } from "../plan/run-plan.ts";
import { stepsIn, withoutSteps } from "../plan/told-steps.ts";
import type { Room } from "../sandbox/sandbox.ts";
import { ownAuthorities } from "../sandbox/trust.ts";
import { Answers } from "../server/answers.ts";
import { AnyHostServer } from "../server/any-host-server.ts";
import type { Authority } from "../server/authority.ts";
import { Exchanges } from "../server/exchanges.ts";
import { Forwarding } from "../server/forwarding.ts";
import { GuardedRespondent } from "../server/guarded-respondent.ts";
import { LocalRespondent } from "../server/local-respondent.ts";
import { harEntry } from "../server/observation.ts";
import type { Respondent } from "../server/respondent.ts";
import { WayOut } from "../server/upstream.ts";
import { MOST_LISTED, saidBeyond } from "./beyond.ts";
import type { HarFile } from "./har-file.ts";
import { Ledger, trustFailures, withoutRequests } from "./ledger.ts";
import { Redaction } from "./redaction.ts";
import { rejectedAnswers } from "./rejected-answers.ts";
import { inTerminal, ToolProcess } from "./tool-process.ts";

/** Programs send their last words on the way out; their children a little later. */
const LINGER_MS = 1500;
/** A request under way may take this much longer. */
const MAX_LINGER_MS = 10_000;
const POLL_MS = 50;
/** Between two words to whoever watches: telling every request takes a tenth of a flood's time. */
const TELL_MS = 80;
/** What came until then stays readable. */
const MAX_HAR_BYTES = 1 << 30;
/** Descriptors this process is given for a person's own program. */
const INPUT = 5;
const OUTPUT = 6;

/** What only a way of running knows: the network, and what came besides connections to the sink. */
export type NetworkReport = Pick<
  LiveRun,
  "network" | "sealedWithout" | "attempts" | "callsNotCounted" | "names" | "datagrams"
> & {
  connections: LiveRun["connections"];
  notes: string[];
};

/** One run of one program: its requests go to the HAR file as they come, the rest is told at the end. */
export class Recording {
  readonly sink: AnyHostServer;
  readonly #plan: RunPlan;
  readonly #har: HarFile;
  readonly #exchanges: Exchanges;
  readonly #ledger = new Ledger();
  readonly #redaction: Redaction | null;
  #process: ToolProcess | null = null;
  #told = Number.NEGATIVE_INFINITY;

  /** @param onRequest told the number of requests so far, and the URL, now and then */
  constructor(plan: RunPlan, authority: Authority, har: HarFile, onRequest: (count: number, url: string) => void) {
    this.#plan = plan;
    this.#har = har;
    this.#redaction = plan.own && new Redaction(plan.own.envelopes, { ...plan.own.environment, ...plan.environment });
    this.#exchanges = new Exchanges(respondentOf(plan), (observation) => {
      const seen = this.#redaction?.of(observation) ?? observation;
      this.#append(harEntry(seen));
      this.#ledger.add(seen);
      const now = performance.now();
      if (now - this.#told < TELL_MS) return;
      this.#told = now;
      onRequest(this.#ledger.count, seen.url);
    });
    this.sink = new AnyHostServer(authority, this.#exchanges, MOST_LISTED);
  }

  /** Ends the program; what was seen so far is told as usual. */
  interrupt(): void {
    this.#process?.interrupt();
  }

  /** Ends the program, since it used that much of something. */
  exceed(limit: string): void {
    this.#process?.exceed(limit);
  }

  /** Ends the program at once, with nothing more told. */
  end(): void {
    this.#process?.end();
  }

  /**
   * Runs the program in its room until it and its children's requests have ended.
   * @param onStart told the leader of the program's process group
   * @throws what spawn throws, where the program can't be started
   */
  async run(
    mode: LiveMode,
    room: Room,
    report: () => Promise<NetworkReport>,
    onStart?: (pid: number) => void,
  ): Promise<LiveRun> {
    const started = Date.now();
    const placed = (words: readonly string[]) =>
      words.map((word) => word.replaceAll("{package}", room.packageFolder ?? "").replaceAll("{node}", room.node));
    const command = placed(this.#plan.command);
    const { terminal } = this.#plan;
    const tool = new ToolProcess({
      launch: room.launch(terminal === null ? command : inTerminal(command), {
        ...room.environment,
        HOME: room.home,
        PWD: room.project,
        ...this.#plan.environment,
      }),
      terminal,
      timeoutSeconds: this.#plan.timeoutSeconds,
      stdio: this.#plan.own === null ? null : [INPUT, OUTPUT, OUTPUT],
    });
    this.#process = tool;
    if (tool.pid !== undefined) onStart?.(tool.pid);
    const exit = await tool.run();
    const milliseconds = Date.now() - started;
    if (!exit.interrupted) await this.#linger();
    tool.end();
    this.sink.close();
    this.#exchanges.finish();
    const { connections, notes, ...network } = await report();
    const requests = this.#ledger.requests();
    const rejected =
      this.#plan.own === null ? rejectedAnswers({ exit, requests, output: tool.output }, this.#ledger.latest()) : [];
    const run: LiveRun = {
      schemaVersion: LIVE_RUN_SCHEMA_VERSION,
      mode,
      command: this.#redaction === null ? command : placed(this.#redaction.command(this.#plan.command)),
      environment: this.#redaction?.environment(this.#plan.environment) ?? this.#plan.environment,
      exit,
      milliseconds,
      ...network,
      forwarded: this.#plan.own === null ? null : this.#ledger.count,
      requests,
      connections: [...withoutRequests(this.sink.connections), ...connections],
      trustFailures: trustFailures(this.sink.connections),
      notes: [
        ...[...this.#plan.notes, ...stepsIn(tool.output.stdout), ...rejected],
        ...[...room.notes, ...notes, ...this.#notListed()],
      ],
      output: { ...tool.output, stdout: withoutSteps(tool.output.stdout) },
    };
    this.#har.finish({ _run: run });
    return run;
  }

  #notListed(): string[] {
    const { beyond, refused } = this.sink;
    const { cut } = this.#exchanges;
    return [
      ...saidBeyond("connections", beyond),
      ...saidBeyond("requests to other places", this.#ledger.beyond).map((line) => `${line}; the HAR file has them`),
      ...(refused === 0 ? [] : [`${refused} connections were closed at once, since too many were open`]),
      ...(cut === 0 ? [] : [`${cut} requests are recorded without their end, since too many were under way`]),
    ];
  }

  /** A program that talks without end is not to fill the disk. */
  #append(entry: object): void {
    try {
      if (this.#har.bytes > MAX_HAR_BYTES) this.exceed(`${MAX_HAR_BYTES >> 20} MiB of recording`);
      else this.#har.append(entry);
    } catch (error) {
      this.exceed(`the space for the recording (${(error as NodeJS.ErrnoException).code})`);
    }
  }

  async #linger(): Promise<void> {
    const since = Date.now();
    const waited = () => Date.now() - since;
    while (waited() < LINGER_MS || (this.#exchanges.open > 0 && waited() < MAX_LINGER_MS))
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

function respondentOf({ own, answers, flags, allowed }: RunPlan): Respondent {
  const respondent =
    own === null
      ? new LocalRespondent(new Answers(answers, new Map(flags)))
      : new Forwarding(new WayOut(own.environment, ownAuthorities(own.environment)));
  return allowed === null ? respondent : new GuardedRespondent(respondent, allowed);
}
