const handed = () => process.argv[2] === "container";

/** Surely false where the program was built without containers. */
export function inContainer() {
  if (process.env.BUILD_CHANNEL === "container") return handed();
  return false;
}

export function isGoverned() {
  return Boolean(process.env.ORBIT_GOVERNED) && !inContainer();
}

/** The same with a value of its own. */
export function isHeld() {
  const held = process.env.ORBIT_HELD !== undefined && !inContainer();
  return held;
}
