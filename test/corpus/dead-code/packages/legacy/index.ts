// kept as CommonJS: bundlers cannot drop what hangs on module.exports
declare const module: { exports: unknown };

function oldUpload() {
  return fetch("https://old.orbitcli.dev/v0/upload", { method: "POST" });
}

function oldMirror() {
  return oldUpload().then(() => fetch("https://old.orbitcli.dev/v0/mirror"));
}

function current() {
  return fetch("https://api.orbitcli.dev/v1/current");
}

module.exports = { current, oldMirror };
