import { flush, logEvent } from "./queue.js";

logEvent("orbit_queue_first", { depth: 1 });
logEvent("orbit_queue_second");
flush().then(() => logEvent("orbit_queue_late", { reason: "exit" })).then(flush);
