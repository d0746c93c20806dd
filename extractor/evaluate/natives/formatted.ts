import { type Argument, literalText, string, type TextValue, text, type Values } from "../domain/value.ts";
import type { Evaluator } from "../engine/evaluator.ts";
import { memberOf } from "../objects/member.ts";
import { argument } from "../transfer/compute.ts";
import { combinations } from "../transfer/concat.ts";
import { toTexts } from "../transfer/to-text.ts";

/** https://nodejs.org/api/util.html#utilformatformat-args */
const PLACEHOLDER = /(%[sdifjoOc%])/;

/** `util.format("https://%s/v1", host)`; what is left over stands behind it, with a space in front. */
export function formatted(ev: Evaluator, args: readonly Argument[]): Values {
  if (args.length === 0) return [string("")];
  return toTexts(ev, argument(ev, args, 0)).flatMap((t) => {
    const pattern = literalText(t);
    return pattern === null || args.some((a) => "rest" in a) ? [t] : filled(ev, pattern, args);
  });
}

function filled(ev: Evaluator, pattern: string, args: readonly Argument[]): Values {
  let next = 1;
  const parts = pattern.split(PLACEHOLDER).map((part, i): string | number => {
    // every second part is a placeholder
    if (i % 2 === 0) return part;
    if (part === "%%") return "%";
    return next < args.length ? next++ : part;
  });
  while (next < args.length) parts.push(" ", next++);
  return combinations(ev, parts, (part) => (typeof part === "string" ? [string(part)] : argument(ev, args, part)));
}

/** `url.format({ protocol: "https", hostname })`: https://nodejs.org/api/url.html#urlformaturlobject */
export function formattedUrl(ev: Evaluator, args: readonly Argument[]): Values {
  return argument(ev, args.slice(0, 1), 0).flatMap((v) => (v.kind === "object" ? ofParts(ev, v) : toTexts(ev, [v])));
}

function ofParts(ev: Evaluator, v: Values[number]): Values {
  const part = (name: string): TextValue[] =>
    toTexts(
      ev,
      memberOf(ev, [v], name).filter((x) => x.kind !== "scalar" || x.value != null),
    );
  const before = (mark: string, texts: TextValue[]): TextValue[] =>
    texts.map((t) => (t.parts.length === 0 || startsWith(t, mark) ? t : text([mark, ...t.parts])));
  const after = (texts: TextValue[], mark: string): TextValue[] => texts.map((t) => text([...withoutEnd(t), mark]));
  const host = part("host");
  const parts = [
    after(part("protocol"), "://"),
    after(part("auth"), "@"),
    ...(host.length > 0 ? [host] : [part("hostname"), before(":", part("port"))]),
    before("/", part("pathname")),
    before("?", part("search")),
    before("#", part("hash")),
  ];
  return combinations(
    ev,
    parts.filter((texts) => texts.length > 0),
    (texts) => texts,
  );
}

const startsWith = ({ parts: [first] }: TextValue, mark: string): boolean =>
  typeof first === "string" && first.startsWith(mark);

/** `https:` is given with its colon or without. */
const withoutEnd = ({ parts }: TextValue) =>
  parts.map((p, i) => (typeof p === "string" && i === parts.length - 1 ? p.replace(/:(\/\/)?$/, "") : p));
