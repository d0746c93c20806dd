import type { OptOut } from "../../model/switches/opt-out.ts";
import { toJson } from "../json.ts";
import { renderOptOutText } from "./opt-out-text.ts";
import { type SettingLines, settingLines } from "./setting-lines.ts";

/** One row of the table below. Pure: the same report gives the same text. */
export interface OptOutFormat {
  /** One line for `--help`. */
  about: string;
  render(optOut: OptOut): string;
}

const only = ({ about, render }: SettingLines): OptOutFormat => ({
  about,
  render: ({ settings }) => render(settings.map(({ setting }) => setting)),
});

/** Every way to write how telemetry is stopped. */
export const optOutFormats = {
  text: { about: "for reading: what to set, what it stops and breaks, what no switch stops", render: renderOptOutText },
  json: { about: "the same in full", render: toJson },
  sh: only(settingLines.sh),
  fish: only(settingLines.fish),
  powershell: only(settingLines.powershell),
  docker: only(settingLines.docker),
  systemd: only(settingLines.systemd),
  settings: only(settingLines.settings),
} satisfies Record<string, OptOutFormat>;

export type OptOutFormatName = keyof typeof optOutFormats;
