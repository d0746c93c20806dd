/** Members of JSON from outside: what is missing or of another type reads as empty. */
export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export const record = (value: unknown): Record<string, unknown> => (isRecord(value) ? value : {});

export const array = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

export const textOr = (value: unknown): string => (typeof value === "string" ? value : "");

export const number = (value: unknown): number | null =>
  typeof value === "number" && Number.isFinite(value) ? value : null;
