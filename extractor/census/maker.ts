import { engineStamp } from "../kept-reports.ts";
import { signaturesDigest } from "../signatures/load.ts";
import type { ReportMaker } from "./job/job.ts";

/** Of a program that runs from source: nothing tells which one that is, so its jobs are known by this word. */
const FROM_SOURCE = "source";

/** This program. */
export async function thisMaker(): Promise<ReportMaker> {
  return { engine: (await engineStamp()) ?? FROM_SOURCE, signatures: await signaturesDigest() };
}
