/** Architectures with a table, as Node names them. */
export type Architecture = "x64" | "arm64";

/** How the kernel names an architecture in what a filter sees (AUDIT_ARCH_…). */
export const AUDIT_ARCH = { x64: 0xc000003e, arm64: 0xc00000b7 } as const satisfies Record<Architecture, number>;

/** Numbers from here on belong to the x32 calling convention of x64, which would pass every row below unseen. */
export const X32_BIT = 0x40000000;

/** Above it are the newer calls for mounts and namespaces and whatever comes after; every program can do without. */
export const NEWEST_ALLOWED = 456;

/** Numbers of a call by architecture; null where the architecture has none. */
export type Numbers = Readonly<Record<Architecture, number | null>>;

const at = <Arm64 extends number | null>(x64: number, arm64: Arm64) => ({ x64, arm64 });
/** Since Linux 5.1 new calls have one number everywhere. */
const everywhere = (number: number) => at(number, number);

/** What a command line program never needs, by what it would be good for. */
export const REFUSED = {
  // other roots and mounts
  mount: at(165, 40),
  umount2: at(166, 39),
  pivot_root: at(155, 41),
  chroot: at(161, 51),
  open_tree: everywhere(428),
  move_mount: everywhere(429),
  fsopen: everywhere(430),
  fsconfig: everywhere(431),
  fsmount: everywhere(432),
  fspick: everywhere(433),
  mount_setattr: everywhere(442),
  swapon: at(167, 224),
  swapoff: at(168, 225),
  // other namespaces
  unshare: at(272, 97),
  setns: at(308, 268),
  // other processes
  ptrace: at(101, 117),
  process_vm_readv: at(310, 270),
  process_vm_writev: at(311, 271),
  kcmp: at(312, 272),
  pidfd_getfd: everywhere(438),
  process_madvise: everywhere(440),
  // large and young parts of the kernel, through which most escapes went
  bpf: at(321, 280),
  perf_event_open: at(298, 241),
  userfaultfd: at(323, 282),
  io_uring_setup: everywhere(425),
  io_uring_enter: everywhere(426),
  io_uring_register: everywhere(427),
  fanotify_init: at(300, 262),
  open_by_handle_at: at(304, 265),
  vmsplice: at(278, 75),
  // keys
  add_key: at(248, 217),
  request_key: at(249, 218),
  keyctl: at(250, 219),
  // the kernel itself
  init_module: at(175, 105),
  finit_module: at(313, 273),
  delete_module: at(176, 106),
  create_module: at(174, null),
  kexec_load: at(246, 104),
  kexec_file_load: at(320, 294),
  reboot: at(169, 142),
  syslog: at(103, 116),
  acct: at(163, 89),
  quotactl: at(179, 60),
  quotactl_fd: everywhere(443),
  nfsservctl: at(180, 42),
  lookup_dcookie: at(212, 18),
  // the machine
  iopl: at(172, null),
  ioperm: at(173, null),
  modify_ldt: at(154, null),
  uselib: at(134, null),
  vhangup: at(153, 58),
  mbind: at(237, 235),
  set_mempolicy: at(238, 237),
  migrate_pages: at(256, 238),
  move_pages: at(279, 239),
  set_mempolicy_home_node: everywhere(450),
  // clock and names
  settimeofday: at(164, 170),
  clock_settime: at(227, 112),
  clock_adjtime: at(305, 266),
  adjtimex: at(159, 171),
  sethostname: at(170, 161),
  setdomainname: at(171, 162),
} as const satisfies Record<string, Numbers>;

/** Calls that are looked at by their arguments. */
export const EXAMINED = {
  socket: at(41, 198),
  socketpair: at(53, 199),
  clone: at(56, 220),
  ioctl: at(16, 29),
  personality: at(135, 92),
} as const satisfies Record<string, Numbers>;

/** Of a call that every architecture has. */
type CommonNumbers = Readonly<Record<Architecture, number>>;

/** A call that sends a signal: whom to stands in its first argument, which signal in that one. */
interface Signalling {
  numbers: CommonNumbers;
  signal: number;
}

/** Every way to send somebody a signal by number. */
export const SIGNALLING = {
  kill: { numbers: at(62, 129), signal: 1 },
  tkill: { numbers: at(200, 130), signal: 1 },
  tgkill: { numbers: at(234, 131), signal: 2 },
  rt_sigqueueinfo: { numbers: at(129, 138), signal: 1 },
  rt_tgsigqueueinfo: { numbers: at(297, 240), signal: 2 },
} as const satisfies Record<string, Signalling>;

/** Calls that go on, and are told where they lead out of the room, besides those above. */
export const WATCHED = {
  connect: at(42, 203),
  pidfd_open: everywhere(434),
  pidfd_send_signal: everywhere(424),
} as const satisfies Record<string, CommonNumbers>;

/** Calls by which the filter is taken on and its listener handed out. */
export const LISTENING = {
  seccomp: at(317, 277),
  sendmsg: at(46, 211),
  recvmsg: at(47, 212),
} as const satisfies Record<string, Numbers>;

/** Its arguments lie in memory, where a filter can't look. The C libraries take `clone` where it is unknown. */
export const UNKNOWN_CLONE3 = everywhere(435);

/** Families a socket may have: unix, IPv4, IPv6, and netlink, by which libraries list interfaces. */
export const SOCKET_FAMILIES = { unix: 1, inet: 2, inet6: 10, netlink: 16 } as const;
/** Netlink's own families are parts of the kernel; routes and addresses are all that libraries ask for. */
export const NETLINK_ROUTE = 0;
export const SOCK_RAW = 3;
export const SOCK_TYPE_MASK = 0xf;

/** New mount, cgroup, host name, IPC, user, process and network namespaces. CLONE_NEWTIME is `unshare`'s alone. */
export const CLONE_NAMESPACES =
  0x00020000 | 0x02000000 | 0x04000000 | 0x08000000 | 0x10000000 | 0x20000000 | 0x40000000;

/** Typing into a terminal that somebody else reads from, and the console's own functions. */
export const REFUSED_IOCTLS = { TIOCSTI: 0x5412, TIOCLINUX: 0x541c } as const;

/** The plain execution domain, and the question which one it is. */
export const ALLOWED_PERSONALITIES = [0x0, 0xffffffff] as const;

/** What a refused call gives. */
export const ERRNO = { EPERM: 1, ENOSYS: 38, EAFNOSUPPORT: 97 } as const;
