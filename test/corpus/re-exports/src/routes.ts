import { BASE } from "./constants.js";

export const routes = { me: `${BASE}/v1/me`, teams: `${BASE}/v1/teams` };
export { routes as default };
