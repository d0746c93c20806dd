import fs from "node:fs";
import os from "node:os";
import path from "node:path";

const isAmong = (text, token) => (text.includes(token) ? token : null);
const reads = (file, token) => isAmong(fs.readFileSync(file, "utf8"), token);

/** Writes where it can be seen from outside; the harness looks there. */
const plants = (file, token) => {
  fs.writeFileSync(file, token);
  return null;
};

/** What belongs to the person or the machine. */
export const files = {
  "a secret file of the person": ({ secret, token }) => reads(secret, token),
  "a file of the machine that all may read": ({ open, token }) => reads(open, token),
  "the person's home": ({ home, secret }) => fs.readdirSync(home).includes(path.basename(secret)) && "listed",
  "the names of the machine's users": ({ users }) => reads("/etc/passwd", users),
  "the passwords of the machine's users": ({ passwords }) => reads("/etc/shadow", passwords),
  "a variable of whoever started us": ({ variable, token }) => isAmong(process.env[variable] ?? "", token),
  "the machine's name": ({ hostname }) => os.hostname() === hostname && hostname,
  "a file for the person": ({ home, token }) => plants(path.join(home, "planted"), token),
  "a file among temporary ones": ({ temporary, token }) => plants(path.join(temporary, "planted"), token),
  "a file in /dev/shm that stays": ({ token }) => plants(`/dev/shm/${token}`, token),
  "a file in the package": ({ token }) => plants(new URL(`./${token}`, import.meta.url), token),
  "a program of the machine": ({ token }) => plants(`/usr/bin/${token}`, token),
  "a file through a link in the package": ({ home, token }) => {
    const link = new URL(`./link-${token}`, import.meta.url);
    fs.symlinkSync(path.join(home, "through-a-link"), link);
    fs.writeFileSync(link, token);
    fs.unlinkSync(link);
    return null;
  },
  "the recording itself": ({ har, token }) => {
    fs.appendFileSync(har, token, { flag: "r+" });
    return reads(har, token);
  },
  "a link in the place of the recording": ({ har, home }) => {
    fs.unlinkSync(har);
    fs.symlinkSync(path.join(home, "in-place-of-the-recording"), har);
    return null;
  },
  "the folder of the recording, moved": ({ folder }) => {
    fs.renameSync(folder, `${folder}-moved`);
    fs.renameSync(`${folder}-moved`, folder);
    return "moved";
  },
  "our own runtime": () => {
    fs.closeSync(fs.openSync("/proc/self/exe", fs.constants.O_RDONLY));
    // as root does it who is asked to run again
    const copy = fs.realpathSync("/proc/self/exe");
    fs.accessSync(copy, fs.constants.W_OK);
    return copy;
  },
  "a descriptor that was left open": () => {
    const links = fs.readdirSync("/proc/self/fd").flatMap((name) => {
      try {
        return [fs.readlinkSync(`/proc/self/fd/${name}`)];
      } catch {
        return [];
      }
    });
    // our own are pipes, sockets, and what Node makes
    return links.find(
      (link) => /^(user|net|mnt|pid):\[/.test(link) || (link.startsWith("/") && !/^\/(dev|proc)\//.test(link)),
    );
  },
  "a program with another's rights": () => {
    const status = fs.readFileSync("/proc/self/status", "utf8");
    return /^NoNewPrivs:\s+0/m.test(status) && "su and its like work";
  },
  "the right to write where the person lives": ({ home }) => {
    fs.accessSync(home, fs.constants.W_OK);
    return home;
  },
};
