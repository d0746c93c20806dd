import { commonJs } from "../runtime/commonjs.ts";

/** What part of a name somebody registered, by the list of the suffixes that anybody can register under. */
export const { getDomain, parse } = commonJs<typeof import("tldts")>("tldts");
