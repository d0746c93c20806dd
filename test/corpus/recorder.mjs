// Preloaded into a program under observation (`node --import`): every connection is led to a server inside the same
// process, TLS taken off, so that nothing leaves the machine and what the libraries really put on the wire is seen.
// Child processes are recorded and replaced by one that does nothing. Writes JSON lines to $OBSERVE_OUTPUT.
import childProcess from "node:child_process";
import { createHash } from "node:crypto";
import dns from "node:dns";
import { appendFileSync } from "node:fs";
import http from "node:http";
import https from "node:https";
import { syncBuiltinESMExports } from "node:module";
import net from "node:net";
import tls from "node:tls";
import { promisify } from "node:util";
import { gunzipSync } from "node:zlib";

const output = process.env.OBSERVE_OUTPUT;
const answers = JSON.parse(process.env.OBSERVE_ANSWERS ?? "{}");
delete process.env.OBSERVE_OUTPUT;
delete process.env.OBSERVE_ANSWERS;
const write = (record) => appendFileSync(output, `${JSON.stringify(record)}\n`);

/** Where the program meant to connect, by the local port of the connection. */
const meant = new Map();

const server = http.createServer((request, response) => {
  const chunks = [];
  request.on("data", (chunk) => chunks.push(chunk));
  request.on("end", () => {
    const url = urlOf(request, "http");
    const raw = Buffer.concat(chunks);
    const body = request.headers["content-encoding"] === "gzip" ? gunzipSync(raw) : raw;
    write({ kind: "request", method: request.method, url, headers: namesOf(request), body: body.toString("utf8") });
    const answer = answers[url.replace(/[?#].*/, "")] ?? {};
    response.writeHead(200, { "content-type": "application/json", connection: "close" });
    response.end(typeof answer === "string" ? answer : JSON.stringify(answer));
  });
});
server.on("upgrade", (request, socket) => {
  write({ kind: "socket", method: "WS", url: urlOf(request, "ws"), headers: namesOf(request) });
  const accept = createHash("sha1")
    .update(`${request.headers["sec-websocket-key"]}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`)
    .digest("base64");
  socket.write(
    `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
  );
  socket.end(Buffer.from([0x88, 0x00]));
});
server.on("connection", (socket) => {
  socket.unref();
  socket.on("error", () => {});
});
server.on("clientError", (_error, socket) => {
  const target = meant.get(socket.remotePort);
  if (target)
    write({
      kind: "socket",
      method: "ANY",
      url: `${target.tls ? "tls" : "tcp"}://${target.host}:${target.port}`,
      headers: [],
    });
  socket.destroy();
});

function urlOf(request, scheme) {
  const target = meant.get(request.socket.remotePort);
  if (target?.socketPath) return `unix:${target.socketPath}:${request.url}`;
  const host = request.headers.host ?? `${target.host}:${target.port}`;
  return `${scheme}${target.tls ? "s" : ""}://${host.replace(target.tls ? /:443$/ : /:80$/, "")}${request.url}`;
}

const namesOf = (request) => request.rawHeaders.filter((_value, index) => index % 2 === 0);

const connectSocket = net.Socket.prototype.connect;
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
server.unref();
const { port: serverPort } = server.address();

function connect(options, isTls, listener) {
  const socket = new net.Socket();
  if (listener) socket.once(isTls ? "secureConnect" : "connect", listener);
  redirect(socket, options, isTls);
  return socket;
}

function redirect(socket, options, isTls) {
  const target = {
    host: options.host ?? options.servername ?? "localhost",
    port: Number(options.port ?? (isTls ? 443 : 80)),
    socketPath: options.socketPath ?? options.path,
    tls: isTls,
  };
  socket.once("connect", () => {
    meant.set(socket.localPort, target);
    if (!isTls) return;
    socket.authorized = true;
    socket.alpnProtocol = false;
    socket.getPeerCertificate = () => ({});
    socket.emit("secureConnect");
  });
  connectSocket.call(socket, { host: "127.0.0.1", port: serverPort });
  return socket;
}

const argumentsOf = (args) => {
  const listener = args.find((argument) => typeof argument === "function");
  if (typeof args[0] === "object") return [args[0], listener];
  if (typeof args[0] === "string" && Number.isNaN(Number(args[0]))) return [{ path: args[0] }, listener];
  return [{ port: args[0], host: typeof args[1] === "string" ? args[1] : undefined }, listener];
};

net.connect = net.createConnection = (...args) => connect(argumentsOf(args)[0], false, argumentsOf(args)[1]);
tls.connect = (...args) => connect(argumentsOf(args)[0], true, argumentsOf(args)[1]);
http.Agent.prototype.createConnection = (options) => connect(options, false);
https.Agent.prototype.createConnection = (options) => connect(options, true);
net.Socket.prototype.connect = function (...args) {
  const normalized = Array.isArray(args[0]) ? args[0][0] : argumentsOf(args)[0];
  const listener = Array.isArray(args[0]) ? args[0][1] : argumentsOf(args)[1];
  if (listener) this.once("connect", listener);
  return redirect(this, normalized, false);
};
dns.lookup = (host, options, callback) => {
  write({ kind: "lookup", host });
  (callback ?? options)(null, "127.0.0.1", 4);
};

const nothing = ["-e", ""];
const record = (program, args, options) =>
  write({
    kind: "spawn",
    program: String(program),
    args: (args ?? []).map(String),
    runtime: options?.env?.BUN_BE_BUN === "1",
  });
const split = (rest) => {
  const args = Array.isArray(rest[0]) ? rest[0] : [];
  const [options, callback] = (Array.isArray(rest[0]) ? rest.slice(1) : rest).filter(
    (part) => part !== undefined && part !== null,
  );
  return typeof options === "function"
    ? { args, options: {}, callback: options }
    : { args, options: options ?? {}, callback };
};
const harmless = (options) => ({ stdio: options.stdio, detached: options.detached, encoding: options.encoding });
const original = { ...childProcess };

childProcess.spawn = (program, ...rest) => {
  const { args, options } = split(rest);
  record(program, args, options);
  return original.spawn(process.execPath, nothing, harmless(options));
};
childProcess.spawnSync = (program, ...rest) => {
  const { args, options } = split(rest);
  record(program, args, options);
  return original.spawnSync(process.execPath, nothing, harmless(options));
};
childProcess.execFile = (program, ...rest) => {
  const { args, options, callback } = split(rest);
  record(program, args, options);
  return original.execFile(process.execPath, nothing, { encoding: options.encoding }, callback);
};
childProcess.execFileSync = (program, ...rest) => {
  const { args, options } = split(rest);
  record(program, args, options);
  return original.execFileSync(process.execPath, nothing, harmless(options));
};
childProcess.exec = (command, ...rest) => {
  const { options, callback } = split(rest);
  record("sh", ["-c", command], options);
  return original.execFile(process.execPath, nothing, { encoding: options.encoding }, callback);
};
childProcess.execSync = (command, options = {}) => {
  record("sh", ["-c", command], options);
  return original.execFileSync(process.execPath, nothing, harmless(options));
};
for (const name of ["exec", "execFile"]) {
  const replaced = childProcess[name];
  replaced[promisify.custom] = (...args) =>
    new Promise((resolve, reject) =>
      replaced(...args, (error, stdout, stderr) => (error ? reject(error) : resolve({ stdout, stderr }))),
    );
}

syncBuiltinESMExports();

// which variables the program looks at; Node's own reads come through here as well and do no harm
const read = new Set();
process.env = new Proxy(process.env, {
  get(target, name) {
    if (typeof name === "string" && !read.has(name)) {
      read.add(name);
      write({ kind: "env", name });
    }
    return target[name];
  },
  has(target, name) {
    if (typeof name === "string") write({ kind: "env", name });
    return name in target;
  },
});
