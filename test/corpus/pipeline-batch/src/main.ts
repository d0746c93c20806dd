import { track } from "./collector.js";

track("orbit_opened", { cold: true });
track("orbit_searched", { results: 3 });
track("orbit_closed");
