import {
  ALLOWED_PERSONALITIES,
  type Architecture,
  AUDIT_ARCH,
  CLONE_NAMESPACES,
  ERRNO,
  EXAMINED,
  NETLINK_ROUTE,
  NEWEST_ALLOWED,
  REFUSED,
  REFUSED_IOCTLS,
  SIGNALLING,
  SOCK_RAW,
  SOCK_TYPE_MASK,
  SOCKET_FAMILIES,
  UNKNOWN_CLONE3,
  WATCHED,
  X32_BIT,
} from "./system-calls.ts";

/** Instructions of the kernel's filter machine that we use (linux/bpf_common.h). */
const LOAD = 0x20;
const AND = 0x54;
const JUMP_EQUAL = 0x15;
const JUMP_AT_LEAST = 0x35;
const JUMP_ANY_BIT = 0x45;
const RETURN = 0x06;

const ALLOW = 0x7fff0000;
/** Asks the listener. Where there is none any more, the call gives ENOSYS. */
const ASK = 0x7fc00000;
const error = (errno: number): number => 0x00050000 | errno;

/**
 * Offsets in what a filter sees (struct seccomp_data). Of an argument it reads the lower half, as the kernel does for
 * these calls.
 */
const NUMBER = 0;
const ARCHITECTURE = 4;
const argument = (index: number): number => 16 + 8 * index;

/** A test jumps by this many instructions where it holds, and where it doesn't. */
interface Instruction {
  code: number;
  ifTrue: number;
  ifFalse: number;
  operand: number;
}

const statement = (code: number, operand: number): Instruction => ({ code, operand, ifTrue: 0, ifFalse: 0 });
/** Goes on where the test holds, else passes over `length` instructions. */
const unless = (code: number, operand: number, length: number): Instruction => ({
  ...statement(code, operand),
  ifFalse: length,
});
/** Passes over `length` instructions where the test holds, else goes on. */
const passOver = (code: number, operand: number, length: number): Instruction => ({
  ...statement(code, operand),
  ifTrue: length,
});
const give = (action: number): Instruction => statement(RETURN, action);
const when = (code: number, operand: number, action: number): Instruction[] => [unless(code, operand, 1), give(action)];

const inCase = (value: number, rows: Instruction[]): Instruction[] => [unless(JUMP_EQUAL, value, rows.length), ...rows];

/** What a refused call gives. */
type Refusal = (errno: number) => number;

/** Whole packets are for programs that have rights over the network. */
const unlessRaw = (refusal: Refusal): Instruction[] => [
  statement(LOAD, argument(1)),
  statement(AND, SOCK_TYPE_MASK),
  ...when(JUMP_EQUAL, SOCK_RAW, refusal(ERRNO.EPERM)),
  give(ALLOW),
];

/** Rows for one call, by its arguments. Each ends with what it gives. */
const onArguments = (refusal: Refusal) =>
  ({
    socket: [
      statement(LOAD, argument(0)),
      ...when(JUMP_EQUAL, SOCKET_FAMILIES.unix, ALLOW),
      ...inCase(SOCKET_FAMILIES.netlink, [
        statement(LOAD, argument(2)),
        ...when(JUMP_EQUAL, NETLINK_ROUTE, ALLOW),
        give(refusal(ERRNO.EPERM)),
      ]),
      ...[SOCKET_FAMILIES.inet, SOCKET_FAMILIES.inet6].flatMap((family) => inCase(family, unlessRaw(refusal))),
      give(refusal(ERRNO.EAFNOSUPPORT)),
    ],
    socketpair: [
      statement(LOAD, argument(0)),
      ...when(JUMP_EQUAL, SOCKET_FAMILIES.unix, ALLOW),
      give(refusal(ERRNO.EAFNOSUPPORT)),
    ],
    clone: [statement(LOAD, argument(0)), ...when(JUMP_ANY_BIT, CLONE_NAMESPACES, refusal(ERRNO.EPERM)), give(ALLOW)],
    ioctl: [
      statement(LOAD, argument(1)),
      ...Object.values(REFUSED_IOCTLS).flatMap((request) => when(JUMP_EQUAL, request, refusal(ERRNO.EPERM))),
      give(ALLOW),
    ],
    personality: [
      statement(LOAD, argument(0)),
      ...ALLOWED_PERSONALITIES.flatMap((persona) => when(JUMP_EQUAL, persona, ALLOW)),
      give(refusal(ERRNO.EPERM)),
    ],
  }) satisfies Record<keyof typeof EXAMINED, Instruction[]>;

/**
 * The filter of an architecture as the kernel takes it: eight bytes an instruction.
 * @param listener true: who reads the listener refuses calls, and hears of signals and connections; false: the filter
 * refuses
 */
export function seccompFilter(architecture: Architecture, listener: boolean): Buffer {
  const refusal: Refusal = listener ? () => ASK : error;
  const examined = onArguments(refusal);
  const program = [
    statement(LOAD, ARCHITECTURE),
    passOver(JUMP_EQUAL, AUDIT_ARCH[architecture], 1),
    give(error(ERRNO.ENOSYS)),
    statement(LOAD, NUMBER),
    // takes the numbers of x32 as well, which lie above X32_BIT
    ...when(JUMP_AT_LEAST, Math.min(NEWEST_ALLOWED + 1, X32_BIT), error(ERRNO.ENOSYS)),
    ...when(JUMP_EQUAL, UNKNOWN_CLONE3[architecture], error(ERRNO.ENOSYS)),
    ...Object.values(REFUSED).flatMap(({ [architecture]: number }) =>
      number === null ? [] : when(JUMP_EQUAL, number, refusal(ERRNO.EPERM)),
    ),
    ...Object.entries(EXAMINED).flatMap(([name, { [architecture]: number }]) => {
      const rows = examined[name as keyof typeof EXAMINED];
      return number === null ? [] : inCase(number, rows);
    }),
    ...(listener ? watched(architecture) : []),
    give(ALLOW),
  ];
  return Buffer.concat(program.map(encoded));
}

/** Signal 0 only asks whether somebody is there, and engines ask it often. */
const watched = (architecture: Architecture): Instruction[] => [
  ...Object.values(SIGNALLING).flatMap(({ numbers, signal }) =>
    inCase(numbers[architecture], [statement(LOAD, argument(signal)), ...when(JUMP_EQUAL, 0, ALLOW), give(ASK)]),
  ),
  ...Object.values(WATCHED).flatMap((numbers) => when(JUMP_EQUAL, numbers[architecture], ASK)),
];

function encoded({ code, ifTrue, ifFalse, operand }: Instruction): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeUInt16LE(code, 0);
  bytes.writeUInt8(ifTrue, 2);
  bytes.writeUInt8(ifFalse, 3);
  bytes.writeUInt32LE(operand >>> 0, 4);
  return bytes;
}
