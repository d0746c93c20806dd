import { ownFolder } from "../plan/seal-plan.ts";
import { packetRules, TABLE } from "./redirect.ts";

/** Ports of the sink. The packet filter leads everything there, so the program never names them. */
export const TCP_PORT = 1;
export const UDP_PORT = 2;

/** Rights of the sealing process, over the seal alone: to see who holds a socket, and to listen on low ports. */
const KEPT_RIGHTS = "-all,+dac_read_search,+net_bind_service";

/** A tmpfs, and on it what is shown, bound while its folders can still be entered. */
const GROUND = `
set -e
ground=$1 owner=$2
shift 2
mount -t tmpfs -o mode=755,size=64m tmpfs "$ground"
mkdir "$ground/own"
chown "$owner:$owner" "$ground/own"
while [ "$1" != -- ]; do
  case $2 in */*) mkdir -p "$ground/\${2%/*}" ;; esac
  if [ -z "$1" ]; then
    mkdir -p "$ground/$2"
  elif [ -L "$1" ]; then
    cp -P "$1" "$ground/$2"
  else
    if [ -d "$1" ]; then mkdir "$ground/$2"; else : >"$ground/$2"; fi
    mount --rbind "$1" "$ground/$2"
  fi
  shift 2
done
shift
exec "$@"
`;

/**
 * The network: loopback carries every address, so a program that knows an address by itself ends here as well. The
 * packet filter's memory can be read by its owner only, so one process with that right stays, which waits to be asked
 * once. All others end here.
 */
const NETWORK = `
own=$1 rules=$2
shift 2
ip link set lo up </dev/null || exit 9
ip route add local 0.0.0.0/0 dev lo </dev/null || exit 9
ip -6 route add local ::/0 dev lo </dev/null 2>"$own/no-ipv6" && rm "$own/no-ipv6"
if printf %s "$rules" | nft -f - 2>"$own/no-filter"; then
  rm "$own/no-filter"
  mkfifo "$own/ask" "$own/told"
  (
    read -r _ <"$own/ask"
    exec nft -j list table inet ${TABLE} >"$own/told"
  ) </dev/null >/dev/null 2>&1 3>&- 4>&- 5>&- 6>&- 7>&- &
fi
exec setpriv --no-new-privs --bounding-set=${KEPT_RIGHTS} --inh-caps=-all --ambient-caps=-all -- "$@"
`;

/**
 * A network whose only use is that the one made in it has small tables: whose socket it is stands in a listing of the
 * whole table, which on a large machine has half a million rows. Kernels before 6.1 don't know it, and lists take
 * longer there.
 */
const SMALL_TABLES = `
echo 4096 2>/dev/null >/proc/sys/net/ipv4/tcp_child_ehash_entries
exec "$@"
`;

/** Goes on where whoever started it is still there. */
const NOT_ALONE = `
[ "$PPID" = "$1" ] || exit 9
shift
exec "$@"
`;

/**
 * Ends what is being built as soon as this process is gone: a busy kernel takes seconds to make a network, and the part
 * inside, which would notice, doesn't run yet. Becoming somebody else takes it away, so it is said anew then.
 */
const endsWithUs = (): string[] => [
  ...["setpriv", "--pdeathsig", "KILL", "--"],
  ...["sh", "-c", NOT_ALONE, "sh", `${process.pid}`],
];

export interface Sealing {
  ground: string;
  /** What to bind on the ground, and under which name; a folder is made where there is nothing to bind. */
  shown: { from: string; name: string }[];
  /** Who the sealing process is, as whoever makes the ground sees it. */
  owner: number;
  /** Words that enter the user namespace of the seal. */
  enter: string[];
  /** True where folders of the ground may need this machine's root to be entered: then the ground is made first. */
  groundFirst: boolean;
  /** A /proc of its own. */
  proc: boolean;
  /** The part inside: program and arguments. */
  inner: string[];
}

/** One command that builds the seal from the outside in and ends as the part inside, first process of its namespace. */
export function sealingCommand({ ground, shown, owner, enter, groundFirst, proc, inner }: Sealing): string[] {
  const network = [
    ...["unshare", "--net", "--", "sh", "-c", SMALL_TABLES, "sh"],
    ...["unshare", "--net", "--mount", "--uts", "--ipc", "--cgroup", "--pid", "--fork", "--kill-child=KILL"],
    ...(proc ? ["--mount-proc"] : []),
    ...["--", "sh", "-c", NETWORK, "sh", ownFolder(ground), packetRules(TCP_PORT, UDP_PORT), ...inner],
  ];
  const folders = [
    ...["unshare", "--mount", "--propagation=private", "--", "sh", "-c", GROUND, "sh", ground, String(owner)],
    ...shown.flatMap(({ from, name }) => [from, name]),
    "--",
  ];
  return groundFirst
    ? [...endsWithUs(), ...folders, ...enter, ...endsWithUs(), ...network]
    : [...enter, ...endsWithUs(), ...folders, ...network];
}
