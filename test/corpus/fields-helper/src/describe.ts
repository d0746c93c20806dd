export interface Repository {
  branch: string;
  remotes: string[];
}

export function describe(repository: Repository) {
  const counts = { remote_count: repository.remotes.length };
  return { branch_length: repository.branch.length, ...counts };
}

export const errorFields = (error: unknown) =>
  error instanceof TypeError ? { error_kind: "type", error_text: error.message } : { error_kind: "other" };

export async function environment() {
  return { platform: process.platform, node_version: process.version };
}
