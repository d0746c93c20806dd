import { Teams, Users } from "./resources.js";

async function main() {
  const id = process.argv[2] ?? "1";
  await new Users().list();
  await new Users().show(id);
  const teams = new Teams();
  await teams.list();
  await teams.archive(id);
}

main();
