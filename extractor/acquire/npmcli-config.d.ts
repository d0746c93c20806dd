// npm ships its configuration reader without types; these are the parts we use.
declare module "@npmcli/config" {
  export interface Definitions {
    definitions: unknown;
    flatten: unknown;
    nerfDarts: unknown;
    shorthands: unknown;
  }
  export default class Config {
    constructor(
      options: Definitions & {
        npmPath: string;
        argv: string[];
        env: NodeJS.ProcessEnv;
        cwd: string;
        warn: boolean;
      },
    );
    /** In the form npm's libraries take as their options. Available after `load`. */
    readonly flat: Record<string, unknown>;
    load(): Promise<void>;
    /** True if neither a file nor the environment sets the key. */
    isDefault(key: string): boolean;
  }
}

declare module "@npmcli/config/lib/definitions/index.js" {
  import type { Definitions } from "@npmcli/config";

  const definitions: Definitions;
  export default definitions;
}
