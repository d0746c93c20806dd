import { arch, hostname, platform } from "node:os";

export function userFields() {
  const { ORBIT_ACCOUNT } = process.env;
  return { deviceId: hostname(), ...(ORBIT_ACCOUNT && { accountId: ORBIT_ACCOUNT }) };
}

const systemFields = () => ({ platform: platform(), arch: arch(), isCi: Boolean(process.env.ORBIT_CI) });

export async function commonFields() {
  return { session_id: "s-1", env: systemFields(), process: { rss: process.memoryUsage().rss, uptime: process.uptime() } };
}
