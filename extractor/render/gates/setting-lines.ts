import { OPTION_NAME } from "../../model/switches/gates.ts";
import type { ChosenSetting } from "../../model/switches/strongest-switch.ts";

/** A way to set variables, and settings where it has one. */
export interface SettingLines {
  /** One line for `--help`. */
  about: string;
  render(settings: readonly ChosenSetting[]): string;
}

/** A name that every shell takes as it is. */
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
/** A value that no shell looks into. */
const PLAIN = /^[\w.,:/@+-]+$/;

/** Names and values come out of a stranger's code: what could be anything but a name and a line of text is left out. */
export const isWritable = ({ kind, name, value }: ChosenSetting): boolean =>
  (kind === "option" ? OPTION_NAME : NAME).test(name) && !/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(value);

const quoted = (value: string, quote: (value: string) => string): string => (PLAIN.test(value) ? value : quote(value));

const eachVariable =
  (line: (name: string, value: string) => string) =>
  (settings: readonly ChosenSetting[]): string =>
    settings
      .filter((one) => one.kind === "env" && isWritable(one))
      .map(({ name, value }) => `${line(name, value)}\n`)
      .join("");

/** Ways to set what stops telemetry; their texts can be pasted, or sourced. */
export const settingLines = {
  sh: {
    about: "sh, bash, zsh",
    render: eachVariable((name, value) => `export ${name}=${quoted(value, (v) => `'${v.replaceAll("'", "'\\''")}'`)}`),
  },
  fish: {
    about: "fish",
    render: eachVariable(
      (name, value) => `set -gx ${name} ${quoted(value, (v) => `'${v.replace(/[\\']/g, "\\$&")}'`)}`,
    ),
  },
  powershell: {
    about: "PowerShell",
    render: eachVariable((name, value) => `$env:${name} = '${value.replaceAll("'", "''")}'`),
  },
  docker: {
    about: "Dockerfile",
    render: eachVariable((name, value) => `ENV ${name}=${quoted(value, (v) => `"${v.replace(/["\\$]/g, "\\$&")}"`)}`),
  },
  systemd: {
    about: "systemd unit",
    render: eachVariable(
      (name, value) => `Environment="${name}=${value.replace(/["\\]/g, "\\$&").replaceAll("%", "%%")}"`,
    ),
  },
  arguments: {
    about: "arguments of the tool's command",
    render: (settings) => {
      const options = settings.filter((one) => one.kind === "option" && isWritable(one)).map(({ name }) => name);
      return options.length === 0 ? "" : `${options.join(" ")}\n`;
    },
  },
  settings: {
    about: "settings.json of the tool: settings by their keys, variables under env for tools that take them there",
    render: (settings) => {
      const kept = settings.filter(({ kind }) => kind !== "option");
      return kept.length === 0 ? "" : `${JSON.stringify(settingsFile(kept), null, 2)}\n`;
    },
  },
} satisfies Record<string, SettingLines>;

/** `telemetry.enabled` stands in `{"telemetry": {"enabled": …}}`. */
function settingsFile(settings: readonly ChosenSetting[]): Record<string, unknown> {
  const file: Record<string, unknown> = Object.create(null);
  for (const { kind, name, value } of settings) {
    const keys = kind === "env" ? ["env", name] : name.split(".");
    let at = file;
    for (const key of keys.slice(0, -1)) {
      const next = at[key];
      at[key] = typeof next === "object" && next !== null ? next : Object.create(null);
      at = at[key] as Record<string, unknown>;
    }
    at[keys.at(-1)!] = kind === "env" ? value : asJson(value);
  }
  return file;
}

function asJson(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
