import type { Natives } from "../engine/natives.ts";
import { callNative } from "./calls.ts";
import { callMethod } from "./methods.ts";

/** The language's and Node's own functions and methods. */
export const RUNTIME: Natives = { call: callNative, method: callMethod };
