import type { Sandbox } from "../../model/sandbox.ts";
import type { AllowPlan } from "./plan.ts";

/** How one form is written. */
export type AllowListRender = (plan: AllowPlan, sandbox: Sandbox) => string;
