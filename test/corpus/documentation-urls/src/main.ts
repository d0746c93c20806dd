/*!
 * orbit-cli, see https://license.orbitcli.dev/MIT
 */
const HELP = `Usage: orbit [command]

  Read the manual at https://docs.orbitcli.dev/cli or ask at
  https://forum.orbitcli.dev/new?tag=cli before you open an issue.
  Example: orbit push --to https://example.com/target`;

const SCHEMA = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  $id: "https://schemas.orbitcli.dev/settings.json",
  type: "object",
};

const PROMPT = "You may fetch pages such as https://wiki.orbitcli.dev/Start when the user asks.";

class UsageError extends Error {
  constructor(what: string) {
    super(`${what}. See https://docs.orbitcli.dev/errors/${what} for help.`);
  }
}

async function main() {
  console.log(HELP, JSON.stringify(SCHEMA).length, PROMPT.length);
  console.log("Report bugs: https://bugs.orbitcli.dev/new");
  await fetch("https://api.orbitcli.dev/v1/prompt", { method: "POST", body: JSON.stringify({ system: PROMPT }) });
  try {
    throw new UsageError("bad-flag");
  } catch (error) {
    console.error((error as Error).message);
  }
}

main();
