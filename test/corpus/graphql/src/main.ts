import { GraphQLClient, gql } from "graphql-request";

const client = new GraphQLClient("https://graph.orbitcli.dev/query", { headers: { "X-Graph-Token": "t" } });

const VIEWER = gql`
  query Viewer {
    viewer {
      id
    }
  }
`;

async function raw(query: string, variables: object) {
  const response = await fetch("https://graph2.orbitcli.dev/graphql", {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Raw": "1" },
    body: JSON.stringify({ query, variables }),
  });
  return response.json();
}

async function main() {
  await client.request(VIEWER);
  await raw("mutation Rename($id: ID!) { rename(id: $id) { id } }", { id: process.argv[2] ?? "1" });
}

main();
