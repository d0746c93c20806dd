export { API_HOST as BASE, default as statusHost } from "./hosts.js";
export * from "./hosts.js";
export * as hosts from "./hosts.js";
