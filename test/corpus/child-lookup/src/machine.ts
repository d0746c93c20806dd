export function onWindows() {
  return process.platform === "win32";
}
