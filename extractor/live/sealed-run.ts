import { closeSync } from "node:fs";
import { join } from "node:path";
import { ExtractorError } from "../errors.ts";
import type { LiveRun } from "../model/live-run.ts";
import { openHar, type RunOptions, runInner } from "./inner-process.ts";
import type { RunPlan } from "./plan/run-plan.ts";
import type { SealPlan } from "./plan/seal-plan.ts";
import { ControlGroup } from "./sandbox/control-group.ts";
import { whyNotHeard } from "./sandbox/heard-calls.ts";
import { makeIdentities } from "./sandbox/identities.ts";
import { closeInheritedDescriptors } from "./sandbox/inherited-descriptors.ts";
import { maxMemory } from "./sandbox/limits.ts";
import { checkParts, findBubblewrap, groundBeside, readableByAll } from "./sandbox/requirements.ts";
import { sealingCommand } from "./sandbox/sealing-commands.ts";
import { ownParts, shownTo } from "./sandbox/shown.ts";

/** Descriptors of the inner process: the namespaces of the seal and of the program. */
const SEAL = 5;
const PROGRAM = 6;
/** The control group of the program, where there is one. */
const GROUP = 7;
const NO_GROUP = "no control group can be made here: memory is counted ten times a second, not held by the kernel";
/** Descriptor of the program's namespace, where it is entered. */
const ENTERED = 5;

/**
 * Runs a plan in a room of its own. It and everything in it ends with the inner process, and that ends with this one.
 * @throws ExtractorError `rights` where the machine doesn't let us, `usage` where the program can't be started
 */
export async function sealedRun(options: RunOptions): Promise<LiveRun> {
  const { sealWithout: without } = options.plan;
  closeInheritedDescriptors();
  const bubblewrap = findBubblewrap();
  checkParts(without);
  const room = shownTo(options.plan);
  const [program = "", ...args] = options.inner;
  const own = ownParts(program, process.argv[1] ?? "");
  const shown = [...room.shown, ...own.shown];
  const ground = groundBeside(shown.map(({ from }) => from));
  const ownIds = process.geteuid?.() === 0 && !without.includes("own-uid");
  const bound = ownIds ? shown.flatMap(readableByAll) : shown;
  const har = openHar(options.harFile);
  const group = without.includes("limits") ? null : ControlGroup.make(maxMemory());
  try {
    const identities = await makeIdentities(ownIds);
    try {
      const seal: SealPlan = {
        ground,
        shown: room.shown.map(({ name, place }) => ({ name, place: place ?? "" })),
        bubblewrap,
        programNamespace: PROGRAM,
        enterProgram: identities.enterProgram(ENTERED),
        without,
        group: group && { entrance: GROUP, events: group.events },
        callsNotHeard: callsNotHeard(options.plan),
        notes: group === null && !without.includes("limits") ? [...room.notes, NO_GROUP] : room.notes,
      };
      const command = sealingCommand({
        ground,
        shown: bound,
        owner: identities.owner,
        enter: identities.enterSeal(SEAL),
        groundFirst: ownIds,
        proc: !without.includes("proc"),
        inner: [
          own.program.startsWith("/") ? own.program : join(ground, own.program),
          ...args.map((word) => (word === process.argv[1] ? join(ground, own.script) : word)),
        ],
      });
      const plan = { ...room.plan, seal };
      const attempt = await runInner(command, { ...options, plan }, [
        ...[har, identities.seal, identities.program],
        ...(group === null ? [] : [group.entrance]),
      ]);
      if ("run" in attempt) return attempt.run;
      throw attempt.said ?? notBuilt(attempt.complaint);
    } finally {
      closeSync(identities.seal);
      closeSync(identities.program);
    }
  } finally {
    closeSync(har);
    await group?.close();
  }
}

function callsNotHeard({ sealWithout, environment }: RunPlan): string | null {
  if (sealWithout.includes("seccomp")) return "nothing is refused";
  // bubblewrap looks itself up there, by a number that the listener's process changes
  return sealWithout.includes("proc") ? "the seal is without proc" : whyNotHeard(environment);
}

/** Who complained says what was missing. */
const CAUSES: [complaint: RegExp, hint: string][] = [
  [
    /mount.*proc|\/proc/i,
    "the container covers parts of /proc: docker run --security-opt systempaths=unconfined, or --seal-without proc",
  ],
  [/\bip\b|Object|RTNETLINK/, "install iproute2; it needs network namespaces (CONFIG_NET_NS)"],
  [/not found|No such file/i, "install util-linux and iproute2"],
];

function notBuilt(complaint: string): ExtractorError {
  const hint = CAUSES.find(([pattern]) => pattern.test(complaint))?.[1];
  return new ExtractorError("rights", `the seal can't be built: ${complaint}`, {
    hint:
      hint ??
      "run as root, or allow user namespaces (sysctl user.max_user_namespaces, kernel.apparmor_restrict_unprivileged_userns=0; docker run --cap-add SYS_ADMIN --security-opt seccomp=unconfined), or --mode proxy",
  });
}
