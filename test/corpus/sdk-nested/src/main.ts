import { memory, Ring, Shelf, Tide } from "@acme/sdk";

async function main() {
  const id = process.argv[2] ?? "t1";
  const client = new Tide();
  const { threads, runs } = client.workspaces;
  await runs.create({ thread: id });
  await runs.steps.list(id);
  await threads.create({});
  await threads.notes.add(id, { text: "n" });
  await threads.drafts.list(id);
  await threads.members.remove(id, process.argv[3] ?? "m1");
  await client.workspaces.rename("w");
  const shelf = new Shelf();
  const ring = new Ring();
  for (const store of [memory, shelf, ring]) store.post("x");
  shelf.put(memory.get("last"));
  ring.put(shelf.get(0));
  memory.put("ring", ring.get());
  memory.delete("ring");
  shelf.delete();
  ring.delete();
}

main();
