/** signatures/sandboxes/: what reads a list of allowed hosts, and what its entries can say. */
export interface Sandbox {
  id: string;
  name: string;
  /** The public page that describes what it reads. */
  documentation: string;
  about: string;
  /** How the list is written. */
  form:
    | "document"
    | "frontmatter"
    | "bash-array"
    | "rules"
    | "workflow-step"
    | "addresses"
    | "commands"
    | "network-policy"
    | "squid"
    | "json";
  /** Of form `document`: the JSON in which `$hosts` stands for the list, `$hosts-as-text` for its JSON in a text. */
  document?: Record<string, unknown>;
  /** Where a `*` may stand; `below`: a bare name stands for all below it, too, and there is no `*`. */
  wildcards: "none" | "leading" | "label" | "text" | "below";
  /** A name always allows every name below it. */
  below?: boolean;
  ports?: boolean;
  paths?: boolean;
  ipv6?: boolean;
}
