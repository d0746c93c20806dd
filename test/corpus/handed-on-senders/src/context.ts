export interface Context {
  fetchResult: (path: string, init?: { method?: string }) => Promise<unknown>;
}

let fetchResult: Context["fetchResult"];

export function setContext(context: Context): void {
  fetchResult = context.fetchResult;
}

export const listQueues = (id: string) => fetchResult(`/accounts/${id}/queues`);
export const putTrigger = (id: string, name: string) =>
  fetchResult(`/accounts/${id}/triggers/${name}`, { method: "PUT" });
