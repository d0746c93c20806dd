/** What is being done, for a line at a terminal. */
export interface Progress {
  stage: string;
  done: number;
  /** Null where nobody knows yet. */
  total: number | null;
  detail?: string;
}
