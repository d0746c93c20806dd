export function sessionHeaders(session: string): Record<string, string> {
  const headers: Record<string, string> = { "X-Orbit-Session": session };
  headers["X-Orbit-Device"] = "device-1";
  return headers;
}

export const anonymousHeaders = () => ({ "X-Orbit-Anonymous": "1" });
