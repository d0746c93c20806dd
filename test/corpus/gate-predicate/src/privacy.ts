export function truthy(value: string | undefined) {
  if (!value) return false;
  return ["1", "true", "yes", "on"].includes(value.toLowerCase().trim());
}

export function isTelemetryDisabled() {
  return truthy(process.env.ORBIT_DISABLE_TELEMETRY) || onlyEssential();
}

export const onlyEssential = () => truthy(process.env.ORBIT_ESSENTIAL_ONLY);

export const tracingWanted = () => truthy(process.env.ORBIT_TRACING) && !isTelemetryDisabled();
