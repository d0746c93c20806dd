import { spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import net from "node:net";

const INSPECTOR = 9229;

/** Processes in the room may have numbers that others have outside. */
const isOne = (pid, word) => fs.readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(word);
const can = (pid, word, signal) => {
  if (!isOne(pid, word)) return null;
  process.kill(pid, signal);
  return `process ${pid}`;
};
/** In the room: whatever may be the sealing process. Outside, nobody but the one that was started for it. */
const targets = ({ sealed, victim }) => (sealed ? [1, victim] : [victim]);
const first = (pids, act) => {
  for (const pid of pids) {
    try {
      const found = act(pid);
      if (found) return found;
    } catch {
      // the next one
    }
  }
  return null;
};

/** Numbers of the calls that send signals, and where the signal stands among their arguments; harmless: SIGCONT. */
const CONTINUE = 18;
const SIGNALLING = {
  tkill: { x64: 200, arm64: 130, args: (pid) => [pid, CONTINUE] },
  tgkill: { x64: 234, arm64: 131, args: (pid) => [pid, pid, CONTINUE] },
  rt_sigqueueinfo: { x64: 129, arm64: 138, args: (pid) => [pid, CONTINUE, "$info"] },
  rt_tgsigqueueinfo: { x64: 297, arm64: 240, args: (pid) => [pid, pid, CONTINUE, "$info"] },
};
const signalBy =
  (name) =>
  ({ victim, victimWord }) => {
    const { [process.arch]: number, args } = SIGNALLING[name];
    const script = `my $info = pack("lllx116", ${CONTINUE}, 0, -1); exit(syscall(${[number, ...args(victim)].join()}) == 0 ? 0 : 1)`;
    return spawnSync("perl", ["-e", script]).status === 0 && isOne(victim, victimWord) && "sent";
  };

export const processes = {
  "a signal by tkill": signalBy("tkill"),
  "a signal by tgkill": signalBy("tgkill"),
  "a signal by rt_sigqueueinfo": signalBy("rt_sigqueueinfo"),
  "a signal by rt_tgsigqueueinfo": signalBy("rt_tgsigqueueinfo"),
  "a signal by descriptor": ({ victim, victimWord }) => {
    // pidfd_open and pidfd_send_signal have one number everywhere
    const script = `my $fd = syscall(434, ${victim}, 0); exit($fd >= 0 && syscall(424, $fd, ${CONTINUE}, 0, 0) == 0 ? 0 : 1)`;
    return spawnSync("perl", ["-e", script]).status === 0 && isOne(victim, victimWord) && "sent";
  },
  "a signal to a process outside": ({ victim, victimWord }) => can(victim, victimWord, 0),
  "stopping whoever started us": ({ outer, outerWord, sealed }) =>
    can(outer, outerWord, sealed ? "SIGSTOP" : "SIGCONT"),
  "the inspector of the sealing process": async (outside) => {
    for (const pid of targets(outside)) {
      try {
        if (pid === 1 || isOne(pid, outside.victimWord)) process.kill(pid, "SIGUSR1");
      } catch {
        // not there
      }
    }
    for (let i = 0; i < 10; i++) {
      const open = await new Promise((resolve) => {
        const socket = net.connect(INSPECTOR, "127.0.0.1", () => resolve(true));
        socket.on("error", () => resolve(false)).on("connect", () => socket.destroy());
      });
      if (open) return `port ${INSPECTOR}`;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    return null;
  },
  "who else runs": ({ victimWord }) =>
    fs
      .readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name))
      .find((pid) => {
        const command = fs.readFileSync(`/proc/${pid}/cmdline`, "utf8");
        return command.includes(victimWord) || command.includes("--inside");
      }),
  "the variables of another process": (outside) =>
    first(
      targets(outside),
      (pid) => fs.readFileSync(`/proc/${pid}/environ`, "utf8").includes(outside.token) && `of ${pid}`,
    ),
  "the files another process sees": (outside) =>
    first(
      targets(outside),
      (pid) => fs.readFileSync(`/proc/${pid}/root${outside.open}`, "utf8").includes(outside.token) && `of ${pid}`,
    ),
  "the folder another process is in": (outside) =>
    first(targets(outside), (pid) => fs.readdirSync(`/proc/${pid}/cwd/`).includes("marker") && `of ${pid}`),
  "the descriptors of another process": (outside) =>
    first(targets(outside), (pid) =>
      fs.readdirSync(`/proc/${pid}/fd`).some((fd) => fs.readlinkSync(`/proc/${pid}/fd/${fd}`).startsWith(outside.home)),
    ),
  "the memory of another process": ({ victim }) => {
    fs.closeSync(fs.openSync(`/proc/${victim}/mem`, "r+"));
    return "open";
  },
  "the program of process 1, to write": ({ sealed, victimProgram }) => {
    const program = sealed ? "/proc/1/exe" : victimProgram;
    fs.closeSync(fs.openSync(program, "r+"));
    return program;
  },
  "a tracer": ({ victim }) => {
    const script =
      "syscall(101, 0x4206, $ARGV[0] + 0, 0, 0) < 0 and exit 1; syscall(101, 17, $ARGV[0] + 0, 0, 0); exit 0";
    return spawnSync("perl", ["-e", script, String(victim)]).status === 0 && "attached";
  },
  "the namespaces of process 1": ({ sealed, victim }) => {
    const { status } = spawnSync("nsenter", [
      "--target",
      String(sealed ? 1 : victim),
      "--mount",
      "--net",
      "--pid",
      "true",
    ]);
    return status === 0 && "entered";
  },
  "more memory for whoever is killed first": ({ victim }) => {
    fs.writeFileSync(`/proc/${victim}/oom_score_adj`, "500");
    return "set";
  },
  "a process that stays": ({ home, token }) => {
    const script = `sleep 3; echo ${token} > ${home}/bomb`;
    spawn("setsid", ["sh", "-c", `(${script}) & (${script}) &`], { detached: true, stdio: "ignore" }).unref();
    return null;
  },
  "rights of root": () => process.getuid() === 0 && "uid 0",
  capabilities: () => /^Cap(?:Eff|Prm|Bnd):\s+0*[1-9a-f]/m.exec(fs.readFileSync("/proc/self/status", "utf8"))?.[0],
};
