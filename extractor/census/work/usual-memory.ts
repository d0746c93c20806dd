import { machineMemory } from "../../runtime/machine-memory.ts";

/** Of what the machine has; the rest is for everything else on it. */
const SHARE = 0.8;

/** Bytes that all jobs may take together where nobody says. */
export const usualMemory = (): number => SHARE * machineMemory();
