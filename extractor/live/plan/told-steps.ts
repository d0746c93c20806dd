const MARK = "extract-ran";

/** Begins a shell script of several steps: `note` takes a row on each, `tell_steps` prints them in the end. */
export const STEPS = `
said=$(mktemp)
note() {
  printf '${MARK}\\t%s\\t%s\\n' "$1" "$2" >>"$said"
}
note_end() {
  if [ "$2" = 124 ]; then note "$1" "ended, its time was over"; else note "$1" "exit $2"; fi
}
tell_steps() {
  # what was printed before may have ended within a line
  echo
  cat "$said"
}
`;

/** What a program of several steps did, out of what it printed in the end. */
export const stepsIn = (stdout: string): string[] =>
  stdout.split("\n").flatMap((line) => {
    const [words, end] = stepOf(line) ?? [];
    return words === undefined ? [] : [`ran ${words}: ${end}`];
  });

/** What it printed itself. */
export const withoutSteps = (stdout: string): string =>
  stdout
    .split("\n")
    .filter((line) => stepOf(line) === null)
    .join("\n");

function stepOf(line: string): [words: string, end: string] | null {
  const [mark, words, end] = line.split("\t");
  return mark === MARK && words !== undefined && end !== undefined ? [words, end] : null;
}
