import type { Diff } from "../../model/diff.ts";

/** What a pipeline may refuse in a new version, and which parts of a diff are that. */
export const FAIL_CONDITIONS = {
  "added-endpoint": ({ endpoints }) => endpoints.added.map(({ method, url }) => `${method} ${url}`),
  "new-host": ({ hosts }) => hosts.added,
  "new-credential": ({ credentials }) => credentials.added.map(({ kind, prefix }) => `${kind} ${prefix}`),
  "new-event": ({ events }) => events.added,
} satisfies Record<string, (diff: Diff) => string[]>;

export type FailCondition = keyof typeof FAIL_CONDITIONS;

/** The conditions that the diffs meet, each with what meets it. */
export function failures(diffs: readonly Diff[], conditions: readonly FailCondition[]) {
  return conditions.flatMap((condition) => {
    const culprits = diffs.flatMap((one) => FAIL_CONDITIONS[condition](one));
    return culprits.length === 0 ? [] : [{ condition, culprits }];
  });
}
