/** In place of the index of a parameter: what the method was called on. */
export const RECEIVER = -1;
