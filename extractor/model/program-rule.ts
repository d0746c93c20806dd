import type { EndpointKind } from "./report.ts";

/** What a spawned program does with its arguments. */
export interface ProgramRule {
  kind: EndpointKind;
  /** First words that make it use the network; all, where left out. */
  verbs?: string[];
  /** What operands that are no URLs are relative to, `https://…/`. */
  base?: string;
  /** Option whose value takes the place of `base`. */
  baseOption?: string;
  /** Options whose value is the next argument. */
  valued?: string[];
  /** Variable that has to be set in the environment it is given. */
  environment?: string;
  /** Operands are packages, maybe with `@version`. */
  packages?: boolean;
}
