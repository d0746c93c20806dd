import { spawnSync } from "node:child_process";
import dgram from "node:dgram";
import net from "node:net";

const PATIENCE_MS = 1500;

/** Says a word there; the harness hears it or doesn't. */
const says = (where, word) =>
  new Promise((resolve) => {
    const socket = net.connect(where, () => socket.end(`${word}\n`));
    socket.setTimeout(PATIENCE_MS, () => socket.destroy());
    socket.on("error", () => undefined).on("close", () => resolve(null));
  });
const sends = (kind, port, host, word) =>
  new Promise((resolve) => {
    const socket = dgram.createSocket(kind);
    const end = () => {
      socket.close();
      resolve(null);
    };
    socket.on("error", end);
    socket.send(word, port, host, end);
  });

/** The first of these families that makes a socket of one of these types. */
const opens = (families, types, protocol) => {
  const script = `for my $f (${families.join()}) { for my $t (${types.join()}) { socket(S, $f, $t, ${protocol}) and print($f), exit } }`;
  const { stdout } = spawnSync("perl", ["-e", script], { encoding: "utf8" });
  return stdout && `family ${stdout}`;
};

const STREAM = 1;
const DATAGRAM = 2;
const RAW = 3;
/** AppleTalk, AX.25, X.25, DECnet, key, RDS, IRDA, LLC, CAN, TIPC, Bluetooth, phonet, 802.15.4, CAIF, NFC, KCM, SMC, XDP, MCTP. */
const EXOTIC = [3, 5, 9, 12, 15, 21, 23, 26, 29, 30, 31, 35, 36, 37, 39, 41, 43, 44, 45];

export const sockets = {
  "a socket in a folder of the machine": ({ socket, token }) => says(socket, `${token} path`),
  "a socket in /dev/shm": ({ shmSocket, token }) => says(shmSocket, `${token} shm`),
  "a socket without a path": ({ abstract, token }) => says(`\0${abstract}`, `${token} abstract`),
  "a service on loopback": ({ port, token }) => says({ host: "127.0.0.1", port }, `${token} loopback`),
  "a service on loopback, IPv6": ({ port6, token }) => says({ host: "::1", port: port6 }, `${token} loopback6`),
  "a service on the machine's address": ({ address, port, token }) => says({ host: address, port }, `${token} address`),
  "a datagram on loopback": ({ udpPort, token }) => sends("udp4", udpPort, "127.0.0.1", `${token} datagram`),
  "a datagram to the machine's address": ({ address, udpPort, token }) =>
    sends("udp4", udpPort, address, `${token} name-server`),
  "whole IP packets": () => opens([2], [RAW], 1),
  "whole IPv6 packets": () => opens([10], [RAW], 58),
  "frames of a network": () => opens([17], [RAW], 768),
  "the hypervisor": () => opens([40], [STREAM], 0),
  "the kernel's ciphers": () => opens([38], [5], 0),
  "the kernel's events": () => opens([16], [RAW], 15),
  "the kernel's audit": () => opens([16], [RAW], 9),
  "the packet filter": () => opens([16], [RAW], 12),
  "a family nobody uses": () => opens(EXOTIC, [STREAM, DATAGRAM, RAW, 5], 0),
};
