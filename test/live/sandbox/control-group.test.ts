import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import { ControlGroup, foldersFor, timesFull } from "../../../extractor/live/sandbox/control-group.ts";

const LIMIT = 64 << 20;
/** Enters the group on descriptor 3, then holds what it is told to, in bytes. */
const HOLD = "echo 0 >&3; exec node -e 'Buffer.alloc(+process.argv[1], 1); process.exit(7)' \"$1\"";

async function holding(group: ControlGroup, bytes: number) {
  const child = spawn("sh", ["-c", HOLD, "sh", `${bytes}`], {
    stdio: ["ignore", "ignore", "ignore", group.entrance],
  });
  const [code, signal] = (await once(child, "exit")) as [number | null, string | null];
  return code ?? signal;
}

const possible = ControlGroup.make(LIMIT);
await possible?.close();
if (possible === null) process.stderr.write("control groups are not tested: none can be made here\n");

test.skipIf(possible === null)("a control group holds its processes to a limit, says so, and goes", async () => {
  const group = ControlGroup.make(4 * LIMIT);
  if (group === null) throw new Error("it was possible just now");
  expect(await holding(group, LIMIT)).toBe(7);
  expect(timesFull(group.events)).toBe(0);
  expect(await holding(group, 8 * LIMIT)).toBe("SIGKILL");
  expect(timesFull(group.events)).toBeGreaterThan(0);
  expect(existsSync(group.folder)).toBe(true);
  await group.close();
  expect(existsSync(group.folder)).toBe(false);
});

const [V2, V1] = ["memory.max", "memory.limit_in_bytes"];
test.each([
  [
    "version 2",
    "0::/user.slice/me.scope\n",
    [
      ...["", "/unified"].flatMap((mount) => [
        [`/sys/fs/cgroup${mount}/user.slice/me.scope`, V2],
        [`/sys/fs/cgroup${mount}/user.slice`, V2],
        [`/sys/fs/cgroup${mount}`, V2],
      ]),
    ],
  ],
  [
    "version 1, version 2 beside it without controllers",
    "9:name=systemd:/\n4:cpu,memory:/jobs/a\n0::/\n",
    [
      ["/sys/fs/cgroup", V2],
      ["/sys/fs/cgroup/unified", V2],
      ["/sys/fs/cgroup/memory/jobs/a", V1],
      ["/sys/fs/cgroup/memory/jobs", V1],
      ["/sys/fs/cgroup/memory", V1],
    ],
  ],
  ["none", "", []],
])("where a group may be made: %s", (_, own, folders) => {
  expect(foldersFor(own).map(({ folder, hierarchy }) => [folder, hierarchy.limit])).toEqual(folders);
});
