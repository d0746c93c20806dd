import { spawnSync } from "node:child_process";
import fs from "node:fs";

const PROC = 0x9fa0;
const SYSFS = 0x62656572;
const KERNELS_OWN = new Set([PROC, SYSFS, 0x27e0eb, 0x63677270, 0x42494e4d]);

/** A file of ours in its place opens as well; only the kernel's own counts. */
const opensToWrite = (...places) => {
  for (const place of places) {
    try {
      fs.closeSync(fs.openSync(place, "r+"));
      if (KERNELS_OWN.has(fs.statfsSync(place).type)) return place;
    } catch {
      try {
        fs.closeSync(fs.openSync(place, fs.constants.O_WRONLY));
        if (KERNELS_OWN.has(fs.statfsSync(place).type)) return place;
      } catch {
        // the next one
      }
    }
  }
  return null;
};
const isDevice = (place) => {
  const found = fs.statSync(place);
  return found.isBlockDevice() || found.isCharacterDevice();
};
const opensDevice = (...places) => {
  for (const place of places) {
    try {
      if (!isDevice(place)) continue;
      fs.closeSync(fs.openSync(place, fs.constants.O_RDONLY | fs.constants.O_NONBLOCK));
      return place;
    } catch {
      // the next one
    }
  }
  return null;
};
const HARMLESS = /^(null|zero|full|random|urandom|tty|ptmx|console|stdin|stdout|stderr)$/;

const below = (folder, depth) => {
  if (depth < 0) return [];
  return fs.readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    return entry.isDirectory() ? [path, ...below(path, depth - 1)] : [path];
  });
};

export const kernel = {
  "the handler of crashes": ({ token }) => {
    fs.writeFileSync("/proc/sys/kernel/core_pattern", `core.${token}`);
    return null;
  },
  "the handler of missing modules": () => opensToWrite("/proc/sys/kernel/modprobe"),
  "the handler of new devices": () => opensToWrite("/sys/kernel/uevent_helper", "/proc/sys/kernel/hotplug"),
  "the handler of empty control groups": () =>
    opensToWrite(...below("/sys/fs/cgroup", 2).filter((path) => path.endsWith("/release_agent"))),
  "interpreters of new kinds of files": () =>
    opensToWrite("/proc/sys/fs/binfmt_misc/register", "/proc/sys/fs/file-max"),
  "the keys of the console": () => opensToWrite("/proc/sysrq-trigger"),
  "settings of memory": () => opensToWrite("/proc/sys/vm/overcommit_memory"),
  "settings of the network": () => opensToWrite("/proc/sys/net/core/somaxconn"),
  "the machine's sleep": () => opensToWrite("/sys/power/state", "/sys/power/pm_async"),
  "the kernel's memory": () => {
    fs.closeSync(fs.openSync("/proc/kcore", "r"));
    return fs.statfsSync("/proc/kcore").type === PROC && "open";
  },
  "the kernel's keys": () => fs.readFileSync("/proc/keys", "utf8").length > 1 && "read",
  "the devices of /sys": () => fs.readdirSync("/sys/devices").length > 0 && "listed",
  "the kernel's log": () => opensDevice("/dev/kmsg"),
  "a console": () => opensDevice("/dev/ttyS0", "/dev/tty0", "/dev/tty1", "/dev/console"),
  "a disk": () =>
    opensDevice(
      ...fs
        .readdirSync("/dev")
        .map((name) => `/dev/${name}`)
        .filter((path) => fs.statSync(path).isBlockDevice()),
    ),
  "any other device": () =>
    opensDevice(
      ...fs
        .readdirSync("/dev")
        .filter((name) => !HARMLESS.test(name))
        .map((name) => `/dev/${name}`),
    ),
  "a device of our own": () => {
    const { status } = spawnSync("sh", [
      "-c",
      'f=$(mktemp -u) && mknod "$f" c 1 3 && : <"$f"; s=$?; rm -f "$f"; exit $s',
    ]);
    return status === 0 && "made";
  },
  "a mount": () => spawnSync("unshare", ["--mount", "mount", "-t", "tmpfs", "none", "/tmp"]).status === 0 && "made",
  "a user namespace": () => spawnSync("unshare", ["--user", "true"]).status === 0 && "made",
  "a root of our own": () => spawnSync("chroot", ["/", "true"]).status === 0 && "entered",
};
