export interface Read {
  settings: { mirror?: string; thinking?: boolean };
  errors: unknown[];
}

let last: Read | null = null;

export function kept(): Read | null {
  return last;
}

export function keep(read: Read): void {
  last = read;
}
