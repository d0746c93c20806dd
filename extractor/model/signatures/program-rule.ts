import type { EndpointKind, Method } from "../report.ts";

/** What a spawned program does with its arguments. */
export interface ProgramRule {
  kind: EndpointKind;
  /** First words that make it use the network; all, where left out. */
  verbs?: string[];
  /** Words that may stand before the verb: `yarn global add`. */
  beforeVerb?: string[];
  /** What operands that are no URLs are relative to, `https://…/`. */
  base?: string;
  /** Option whose value takes the place of `base`. */
  baseOption?: string;
  /** Options whose value is the next argument. */
  valued?: string[];
  /** Variable that has to be set in the environment it is given. */
  environment?: string;
  /** Operands are packages, maybe with `@version`; verbs that take one package, and arguments for it. */
  packages?: boolean;
  single?: string[];
  /** Words that have to come first, and are none of its own: `python -m pip`. */
  prefix?: string[];
  /** Options whose value is a command line: `sh -c`, `powershell -Command`. */
  shell?: string[];
  /** The first operand is a host, `user@host`, in this scheme. */
  host?: string;
  /** Operands may be `user@host:path`, which is a place in this scheme. */
  scp?: string;
  /** Operands are images of containers: `ghcr.io/owner/name:tag`. */
  images?: boolean;
  /** The method it sends: what is sent if nothing is said, options that name it, and options that imply one. */
  method?: {
    default: Method;
    named?: string[];
    implied?: Partial<Record<Method, string[]>>;
    verbs?: Record<string, Method>;
  };
  /** Options in any case. */
  anyCase?: boolean;
}
