import type { Variable } from "../../ir/unit.ts";

/** `import { C } from "./c"`, `const { C } = await import("./c")` */
export const isImported = ({ definitions }: Variable): boolean =>
  definitions.some(({ expression: e }) => e.kind === "member" && /^(module|await)$/.test(e.object.kind));
