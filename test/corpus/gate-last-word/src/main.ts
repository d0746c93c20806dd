import { isGoverned, isHeld } from "./machine.js";

async function relay() {
  if (isGoverned()) return;
  await fetch("https://relay.orbitcli.dev/v1/open", { method: "POST" });
}

async function upload() {
  if (isHeld()) return;
  await fetch("https://upload.orbitcli.dev/v1/blobs", { method: "PUT", body: "x" });
}

async function main() {
  await relay();
  await upload();
}

main();
