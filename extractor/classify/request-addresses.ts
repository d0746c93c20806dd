import type { RequestFinding, SecretFinding } from "../model/finding.ts";
import type { Shapes } from "./credentials.ts";
import { maskSecrets } from "./mask.ts";
import { type UrlForm, urlForm } from "./urls/url-form.ts";
import { groupUrls, type UrlGroup } from "./urls/url-groups.ts";

/** The URLs of a request without the keys in them, as far as they lead anywhere, in one group per endpoint. */
export function addressesOf(
  request: RequestFinding,
  shapes: Shapes,
): { forms: UrlForm[]; groups: UrlGroup[]; secrets: SecretFinding[] } {
  const masked = request.urls.map((url) => maskSecrets(url, shapes, request.evidence));
  const forms = masked.map(({ url }) => urlForm(url)).filter((form): form is UrlForm => form !== null);
  return { forms, groups: groupUrls(forms), secrets: masked.flatMap((each) => each.secrets) };
}
