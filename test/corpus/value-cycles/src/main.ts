interface Node {
  name: string;
  parent?: Node;
}

function pathOf(node: Node): string {
  return node.parent ? `${pathOf(node.parent)}/${node.name}` : node.name;
}

let cursor = "start";

function even(count: number): string {
  return count === 0 ? "even" : odd(count - 1);
}
function odd(count: number): string {
  return count === 0 ? "odd" : even(count - 1);
}

const state = { url: "https://cycle.orbitcli.dev/v1/state" };
function refresh() {
  state.url = state.url.replace("/state", "/state");
  return state.url;
}

async function main() {
  const root: Node = { name: "root" };
  await fetch("https://cycle.orbitcli.dev/tree?path=" + pathOf({ name: "leaf", parent: root }));
  for (let i = 0; i < 2; i++) {
    await fetch(`https://cycle.orbitcli.dev/cursor/${cursor}`, { method: "POST" });
    cursor = `after-${cursor}`;
  }
  await fetch(`https://cycle.orbitcli.dev/parity/${even(process.argv.length)}`, { method: "PUT" });
  await fetch(refresh());
}

main();
