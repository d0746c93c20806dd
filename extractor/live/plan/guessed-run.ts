import type { Report } from "../../model/report.ts";
import { STEPS } from "./told-steps.ts";

/** Below the home folder, where the program of a guessed run finds it from its project. */
export const GUESS_FILE = ".guessed-run";

/**
 * What is tried with a program that nobody prepared for: its help, its version, and what the help offers for asking
 * something and for logging in; where it offers no way to ask, the program without arguments. Each with nothing to
 * read and a limit of time; in the end a line for each.
 */
export const GUESS = `${STEPS}
help=$(mktemp)
try() {
  limit=$1 words=$2
  shift 2
  timeout -k 2 "$limit" "$@" </dev/null
  code=$?
  note_end "$words" $code
}
try 20 --help "$@" --help >"$help" 2>&1
last=$code
cat "$help"
# without colours
esc=$(printf '\\033')
sed -i "s/$esc\\[[0-9;]*m//g" "$help"
rows=$(grep -Ec "^[[:space:]]+[^[:space:]].*[[:space:]][[:space:]]+[^[:space:]]" "$help")
# a program that takes no words would do the same again
if [ "$rows" -lt 3 ] && ! grep -Eiq -- "usage|options|(^|[[:space:]])--?[a-z]" "$help"; then
  tell_steps
  exit $last
fi
try 20 --version "$@" --version
asks=
for flag in --print --prompt --message --query --instruction --task; do
  if grep -Eq -- "(^|[[:space:],])$flag([[:space:],=<[]|\\$)" "$help"; then asks=$flag; break; fi
done
# -p alone is as often a port, a path or a platform
if [ -z "$asks" ] && grep -Eiq -- "(^|[[:space:],])-p([[:space:],=<[].*)?(prompt|question|query|ask)" "$help"; then
  asks=-p
fi
if [ -z "$asks" ]; then
  for word in exec run chat ask prompt; do
    if grep -Eq -- "^[[:space:]]+([^[:space:]]+ )?$word([[:space:]<[]|\\$)" "$help"; then asks=$word; break; fi
  done
fi
if [ -n "$asks" ]; then
  try 60 "$asks 'What is 2+2?'" "$@" "$asks" "What is 2+2?"
  last=$code
else
  note "no question" "the help names no way to ask one"
  try 20 "without arguments" "$@"
  last=$code
fi
if grep -Eq -- "^[[:space:]]+([^[:space:]]+ )?login([[:space:]<[]|\\$)" "$help"; then
  try 15 login "$@" login
fi
tell_steps
exit $last
`;

const KEY = /^[A-Z][A-Z\d_]*(?:API_KEY|API_TOKEN|ACCESS_TOKEN|AUTH_TOKEN)$/;
/** They are keys to something else than a model or an API of the program's own. */
const OTHERS = /^(?:OTEL|DD|SENTRY|ACTIONS|CI|GITLAB_CI|NPM|NODE|AWS)_/;

/** Variables by which the program of a report is given keys. */
export const keyVariables = ({ environment }: Report): string[] =>
  environment.map(({ name }) => name).filter((name) => KEY.test(name) && !OTHERS.test(name));

/** Long enough for who looks at the length; nobody's. */
export const MADE_UP_KEY = "sk-made-up-0123456789abcdef0123456789abcdef";
