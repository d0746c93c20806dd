export type Channel = "prod" | "staging" | "local";

// the build defines BUILD_CHANNEL
export function channel(): Channel {
  return process.env.BUILD_CHANNEL as Channel;
}
