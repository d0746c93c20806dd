async function track(event: string, props: object) {
  await fetch("https://events.orbitcli.dev/v1/track", { method: "POST", body: JSON.stringify({ event, props }) });
}

async function main() {
  const fields: Record<string, unknown> = { first: 1 };
  fields.second = 2;
  fields["third"] = 3;
  if (process.argv[2]) fields.fourth = process.argv[2];
  Object.assign(fields, { fifth: 5 });
  await track("orbit_later", fields);

  const counts: Record<string, number> = {};
  for (const key of ["added", "removed"]) counts[`lines_${key}`] = 1;
  await track("orbit_counts", counts);

  let props = {};
  props = { ...props, reassigned: true };
  await track("orbit_reassigned", props);
}

main();
