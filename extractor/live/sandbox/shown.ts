import { existsSync, realpathSync } from "node:fs";
import { basename, join } from "node:path";
import { ExtractorError } from "../../errors.ts";
import type { RunPlan } from "../plan/run-plan.ts";
import { installationOf, isOfTheSystem, isTooWide, ownInstallation } from "./shown-paths.ts";

/** A folder or file of this machine that a run needs. */
export interface Shown {
  from: string;
  /** The program in it, relative; empty where `from` is the program, or a folder of any kind. */
  below: string;
  /** On the ground. */
  name: string;
  /** Where the room has it; null where only the sealing process needs it. */
  place: string | null;
}

/** A plan in the words of the room, and what has to be bound for it. */
export interface RoomPlan {
  plan: RunPlan;
  shown: Shown[];
  notes: string[];
}

/**
 * Says what a run needs besides the system's own programs, and where it will find it.
 * @throws ExtractorError `usage` where that would be somebody's home
 */
export function shownTo(plan: RunPlan): RoomPlan {
  const shown: Shown[] = [];
  const notes: string[] = [];
  const place = (program: string, name: string): string => {
    const real = realpathSync(program);
    if (isOfTheSystem(real)) return isOfTheSystem(program) ? program : real;
    const { from, below } = installationOf(program);
    const at = below === "" ? join("/opt", name, basename(from)) : join("/opt", name);
    shown.push({ from, below, name, place: at });
    return join(at, below);
  };
  const node = place(plan.node, "runtime");
  const [program = "", ...args] = plan.command;
  const command = [program.startsWith("/") ? place(program, "tool") : program, ...args];
  let packageFolder: string | null = null;
  if (plan.packageFolder !== null && !isTooWide(realpathSync(plan.packageFolder))) {
    packageFolder = "/opt/package";
    const from = realpathSync(plan.packageFolder);
    const inner = command.find((word) => word.startsWith("{package}/"))?.slice("{package}".length) ?? "";
    shown.push({ from, below: existsSync(from + inner) ? inner : "", name: "package", place: packageFolder });
  } else if (command.some((word) => word.includes("{package}"))) {
    throw new ExtractorError("usage", `a sealed run does not show ${plan.packageFolder}: homes lie in it`, {
      hint: "put the program into a folder of its own, and run it from there",
    });
  } else if (plan.packageFolder !== null) {
    notes.push("the current folder is not shown to the program: homes lie in it");
  }
  return { plan: { ...plan, node, command, packageFolder }, shown, notes };
}

/** What the sealing process itself is loaded from. */
export function ownParts(program: string, script: string): { shown: Shown[]; program: string; script: string } {
  const code = ownInstallation(script);
  const shown: Shown[] = [{ ...code, place: null }];
  const real = realpathSync(program);
  if (isOfTheSystem(real)) return { shown, program: real, script: join(code.name, code.below) };
  const engine = installationOf(program);
  shown.push({ ...engine, name: "engine", place: null });
  return { shown, program: join("engine", engine.below), script: join(code.name, code.below) };
}
