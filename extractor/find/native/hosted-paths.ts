import type { BinaryString } from "../../model/binary-string.ts";
import { isRootedPath } from "./binary-paths.ts";

/** A path, and the host that the code beside it puts in front. */
export interface HostedPath {
  host: string;
  string: BinaryString;
}

/** Code that takes the addresses of both parts of one URL. In bytes. */
const REACH = 96;
const HOST_WITH_HOLE = /^https?:\/\/[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::\d+)?$/i;

/**
 * `format!("https://api.example.com{}", "/v1/things")`: a host with nothing but a hole behind it takes the path whose
 * address the code takes nearest to it.
 */
export function hostedPaths(strings: readonly BinaryString[]): HostedPath[] {
  const placed = strings
    .filter((string) => string.code !== undefined && string.layer !== "terminated")
    .sort((a, b) => a.code! - b.code!);
  const found: HostedPath[] = [];
  placed.forEach((string, at) => {
    const host = hostOf(string);
    if (host === null) return;
    const near = [-1, 1]
      .flatMap((step) => nearestPath(placed, at, step) ?? [])
      .sort((a, b) => distance(a, string) - distance(b, string));
    if (near[0] !== undefined) found.push({ host, string: near[0] });
  });
  return found;
}

const hostOf = ({ pieces: [first, second, ...more] }: BinaryString): string | null =>
  typeof first === "string" && second === null && more.length === 0 && HOST_WITH_HOLE.test(first) ? first : null;

const distance = (a: BinaryString, b: BinaryString): number => Math.abs(a.code! - b.code!);

function nearestPath(placed: readonly BinaryString[], from: number, step: number): BinaryString | null {
  for (let at = from + step; at >= 0 && at < placed.length; at += step) {
    const string = placed[at]!;
    if (distance(string, placed[from]!) > REACH || hostOf(string) !== null) return null;
    if (isRootedPath(string)) return string;
  }
  return null;
}
