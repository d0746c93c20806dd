import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** Frees what is no longer in use now, because something large comes next. */
export function sweepHeap(): void {
  setFlagsFromString("--expose-gc");
  const sweep = runInNewContext("gc") as () => void;
  setFlagsFromString("--no-expose-gc");
  sweep();
}
