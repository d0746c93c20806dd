import { existsSync, lstatSync, readlinkSync, realpathSync } from "node:fs";
import { PROGRAM_ID } from "./identities.ts";
import { isOfTheSystem } from "./shown-paths.ts";

export const HOST_NAME = "lab";

/** Folders of the system that hold programs and libraries. Where they are links, links. */
const PROGRAM_FOLDERS = ["/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32"];

/** Of /etc: what libraries and programs read to work at all, none of it anybody's own. */
const SETTINGS = [
  "alternatives",
  "bash.bashrc",
  "ca-certificates",
  "ca-certificates.conf",
  "crypto-policies",
  "debian_version",
  "fonts",
  "inputrc",
  "java",
  "ld.so.cache",
  "ld.so.conf",
  "ld.so.conf.d",
  "ld-musl-x86_64.path",
  "ld-musl-aarch64.path",
  "locale.alias",
  "localtime",
  "magic",
  "mime.types",
  "os-release",
  "perl",
  "pki/ca-trust/extracted",
  "pki/tls/certs",
  "pki/tls/openssl.cnf",
  "profile",
  "protocols",
  "python3",
  "rpc",
  "services",
  "shells",
  "ssl/ca-bundle.pem",
  "ssl/cert.pem",
  "ssl/certs",
  "ssl/openssl.cnf",
  "terminfo",
  "timezone",
];

/** Files of /etc that tell of the machine or its people, made up. */
export const MADE_UP: Readonly<Record<string, string>> = {
  "/etc/passwd": [
    "root:x:0:0:root:/root:/usr/sbin/nologin",
    `dev:x:${PROGRAM_ID}:${PROGRAM_ID}:Lab User:/home/dev:/bin/sh`,
    "nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin",
    "",
  ].join("\n"),
  "/etc/group": `root:x:0:\ndev:x:${PROGRAM_ID}:\nnogroup:x:65534:\n`,
  "/etc/hosts": `127.0.0.1 localhost ${HOST_NAME}\n::1 localhost\n`,
  "/etc/hostname": `${HOST_NAME}\n`,
  "/etc/machine-id": `${"0".repeat(31)}1\n`,
  "/etc/nsswitch.conf": "passwd: files\ngroup: files\nhosts: files dns\nservices: files\nprotocols: files\n",
  "/etc/resolv.conf": "nameserver 127.0.0.1\noptions timeout:2\n",
};

/** Arguments for bubblewrap that show programs, libraries and settings of this system, read-only. */
export function systemBinds(): string[] {
  return [
    ...["--ro-bind", "/usr", "/usr"],
    ...PROGRAM_FOLDERS.flatMap((path) => {
      const found = lstatSync(path, { throwIfNoEntry: false });
      if (found === undefined) return [];
      return found.isSymbolicLink() ? ["--symlink", readlinkSync(path), path] : ["--ro-bind", path, path];
    }),
    ...SETTINGS.flatMap((name) => shown(`/etc/${name}`)),
  ];
}

/** A link into what is shown stays a link; any other would lead nowhere, and what it leads to is shown in its place. */
function shown(path: string): string[] {
  if (!existsSync(path)) return [];
  const real = realpathSync(path);
  const isLink = lstatSync(path).isSymbolicLink();
  return isLink && isOfTheSystem(real) ? ["--symlink", real, path] : ["--ro-bind", real, path];
}

/** Folders of /proc that tell of the machine's hardware; those this kernel has. */
export const maskedFolders = (): string[] =>
  ["acpi", "asound", "driver", "fs", "scsi", "tty", "dynamic_debug"]
    .map((name) => `/proc/${name}`)
    .filter((path) => existsSync(path));
