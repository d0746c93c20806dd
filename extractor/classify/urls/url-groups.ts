import { grouped } from "../../model/group.ts";
import { hasMark } from "../../url/hole-marks.ts";
import { registeredDomain } from "../../url/registrable.ts";
import { answered, foldMarks, formKey, hostKnown, pathKnown, pathOpen, type UrlForm } from "./url-form.ts";

/** URLs of one request that differ in their base only. */
export interface UrlGroup {
  main: UrlForm;
  alternatives: UrlForm[];
}

/**
 * The values of one URL argument -> one group per path, since another path is another endpoint.
 * Values that say nothing about the path (`{endpoint}`, `{flag.base}{flag.path}`) may stand for any of the others and
 * go with each. An address from a known answer stands for itself, where there is nothing else. Empty: none of them
 * says anything.
 */
export function groupUrls(forms: readonly UrlForm[]): UrlGroup[] {
  const telling = forms.filter((form) => !isOpen(form));
  if (telling.length === 0) {
    const answers = [...grouped(forms.filter(answered), formKey).values()];
    return answers.map((same) => ({ main: same[0]!, alternatives: [] }));
  }
  // `https://host/{path}` beside `https://host/v1/items` is the same request before anybody looked at it
  const closed = telling.some(pathKnown) ? telling.filter((form) => !pathOpen(form)) : telling;
  const open = forms.filter((form) => !closed.includes(form));
  const byPath = grouped(closed, (form) => (form.opaque ? formKey(form) : foldMarks(form.path.slice(form.base))));
  return [...byPath.values()].map((same) => {
    const main = plainest(same.filter(hostKnown)) ?? same[0]!;
    return { main, alternatives: [...same, ...open].filter((form) => form !== main) };
  });
}

/**
 * The first, unless another host is the same with fewer labels: that is the one of most users.
 *
 *     isFederal ? "https://api.fed.example.com" : "https://api.example.com"      // api.example.com
 */
function plainest(forms: readonly UrlForm[]): UrlForm | undefined {
  const [first] = forms;
  if (first === undefined) return undefined;
  return forms.reduce((best, form) => (isPlainer(form, best) ? form : best), first);
}

function isPlainer({ authority: plain }: UrlForm, { authority: other }: UrlForm): boolean {
  if (hasMark(plain) || hasMark(other)) return false;
  const domain = registeredDomain(plain);
  if (domain === null || domain !== registeredDomain(other)) return false;
  const [few, many] = [plain.split("."), other.split(".")];
  let at = 0;
  for (const label of many) if (label === few[at]) at++;
  return at === few.length && few.length < many.length;
}

/** Neither host nor path is known. */
const isOpen = (form: UrlForm) => !form.opaque && !hostKnown(form) && !pathKnown(form);
