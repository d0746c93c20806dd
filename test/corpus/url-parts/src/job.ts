import { WorkerClient } from "./worker.js";

interface Options {
  base: string;
  title: string;
}

async function createJob(base: string, title: string): Promise<string> {
  const answer = await fetch(`${base}/v2/jobs`, { method: "POST", body: JSON.stringify({ title }) });
  const { id } = (await answer.json()) as { id: string };
  return id;
}

export async function openJob({ base, title }: Options): Promise<void> {
  const id = await retried(() => createJob(base, title));
  const client = new WorkerClient(new URL(`${base}/v2/jobs/${id}`), { epoch: 1 });
  await client.report("started");
  await client.idle();
}

async function retried<T>(attempt: () => Promise<T>): Promise<T> {
  try {
    return await attempt();
  } catch {
    return await attempt();
  }
}
