import type { Sandbox } from "../../model/signatures/sandbox.ts";
import type { AllowPlan } from "./plan.ts";

/** How one form is written. */
export type AllowListRender = (plan: AllowPlan, sandbox: Sandbox) => string;
