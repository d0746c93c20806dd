import type { BlockEffect, GateKind } from "./report.ts";
import type { ChosenSetting } from "./switches/strongest-switch.ts";
import type { When } from "./switches/when.ts";

/** What a reader wants to know first: who is told what, which switch stops it, what is not certain. */
export interface Summary {
  /** Who is told about the user, the most events first. */
  reports: ReportingRow[];
  /** Where prompts, files and texts of the user go. */
  content: ContentRow[];
  keys: KeyRow[];
  /** Null where no switch stops anything that reports on the user. */
  strongest: StrongestSetting | null;
  blocking: BlockingAdvice;
  /** Sentences about what the report does not know, the worst first. */
  uncertain: string[];
}

/** A switch and how to set it. */
export interface SwitchSetting {
  kind: GateKind;
  name: string;
  /** With which values it acts; absent where the code does not tell. */
  when?: When;
}

export interface ReportingRow {
  /** Channel id. */
  channel: string;
  /** The endpoint shown, and others of the same kind on the same host, by id. */
  endpoints: string[];
  method: string;
  /** `host/path/{hole}` */
  address: string;
  /** Events that go there. */
  events: number;
  /** Each of them alone stops all of it, the one with the fewest other effects first. */
  stoppedBy: SwitchSetting[];
  /** Stop a part of it. */
  partlyStoppedBy: SwitchSetting[];
  /** Nothing is sent unless these are set. */
  onlyWith: SwitchSetting[];
}

export interface ContentRow {
  what: "model" | "feedback" | "transcript" | "upload" | "other";
  endpoints: string[];
  method: string;
  address: string;
  /** Variables and settings that lead it elsewhere. */
  movedBy: SwitchSetting[];
  stoppedBy: SwitchSetting[];
  effect: BlockEffect;
}

export interface KeyRow {
  sha256: string;
  /** Where it is sent; empty where no request was seen to carry it. */
  hosts: string[];
}

export interface StrongestSetting {
  setting: ChosenSetting;
  /** What stops with it, of all that the report lists. */
  endpoints: number;
  events: number;
  /** Of `Summary.reports` those that go on, by index. */
  leaves: number[];
}

export interface BlockingAdvice {
  /** Names that carry reports on the user and nothing the tool needs. */
  names: string[];
  /** Names that carry such reports and must stay open, with the reason. */
  not: { host: string; why: "model" | "needed" | "shared" }[];
}
