import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import type { OptOut } from "../../../extractor/model/switches/opt-out.ts";
import type { ChosenSetting } from "../../../extractor/model/switches/strongest-switch.ts";
import { optOutFormats } from "../../../extractor/render/gates/opt-out-formats.ts";
import { endpoint } from "../report-fixture.ts";

const events = endpoint({ id: "1", url: "https://t.acme.dev/events" });
const optOut = (settings: ChosenSetting[], fields: Partial<OptOut> = {}): OptOut => ({
  package: { name: "@acme/cli", version: "1.4.2" },
  settings: settings.map((setting) => ({ setting, stops: [events], breaks: [] })),
  remaining: [],
  off: [],
  doNotTrack: "unread",
  ...fields,
});
const env = (name: string, value: string): ChosenSetting => ({ kind: "env", name, value });
const odd = 'it\'s "a" $HOME `x` \\ 100%';

test("what to set, what it stops, and what no switch stops", () => {
  const text = optOutFormats.text.render(
    optOut([env("ACME_OFF", "1")], {
      remaining: [
        endpoint({
          id: "2",
          url: "https://t.acme.dev/beacon",
          gates: [{ kind: "env", name: "ACME_OFF", effect: "silences", ways: "some" }],
        }),
      ],
    }),
  );
  expect(text).toContain("ACME_OFF=1\n  stops\n    POST https://t.acme.dev/events\n  breaks nothing that was found");
  expect(text).toContain("export ACME_OFF=1");
  expect(text).toContain("DO_NOT_TRACK is not honoured");
  expect(text).toContain(
    "no switch stops 1 endpoint\n  POST https://t.acme.dev/beacon\n    ACME_OFF partly silences it",
  );
});

test("a shell reads back what is written for it", () => {
  const script = optOutFormats.sh.render(optOut([env("ACME_A", odd), env("ACME_B", "0")]));
  const said = execFileSync("/bin/sh", ["-c", `${script}printf '%s|%s' "$ACME_A" "$ACME_B"`], { encoding: "utf8" });
  expect(said).toBe(`${odd}|0`);
});

test("each of the others quotes as its reader does", () => {
  const given = optOut([env("ACME_A", odd)]);
  expect(optOutFormats.fish.render(given)).toBe(`set -gx ACME_A 'it\\'s "a" $HOME \`x\` \\\\ 100%'\n`);
  expect(optOutFormats.powershell.render(given)).toBe(`$env:ACME_A = 'it''s "a" $HOME \`x\` \\ 100%'\n`);
  expect(optOutFormats.docker.render(given)).toBe(`ENV ACME_A="it's \\"a\\" \\$HOME \`x\` \\\\ 100%"\n`);
  expect(optOutFormats.systemd.render(given)).toBe(`Environment="ACME_A=it's \\"a\\" $HOME \`x\` \\\\ 100%%"\n`);
});

test("a settings file holds settings by their keys, and variables", () => {
  const settings: ChosenSetting[] = [
    { kind: "config", name: "telemetry.enabled", value: "false" },
    env("ACME_OFF", "1"),
  ];
  expect(JSON.parse(optOutFormats.settings.render(optOut(settings)))).toEqual({
    telemetry: { enabled: false },
    env: { ACME_OFF: "1" },
  });
});

test("a name or value that is more than a line of text is written for no shell", () => {
  const hostile = optOut([env("A=1; rm -rf ~; B", "1"), env("ACME_A", "1\nrm -rf ~")]);
  for (const name of ["sh", "fish", "powershell", "docker", "systemd"] as const)
    expect(optOutFormats[name].render(hostile)).toBe("");
  expect(optOutFormats.text.render(hostile)).not.toContain("export");
});
