import { isIdentifier } from "./display-url.ts";

const FIELD_NAME = /^[A-Za-z_$@][\w.$@:-]{0,63}$/;

/**
 * Keys of bodies can be data themselves: paths, texts, tokens. Only what a programmer would write is a name that may
 * be shown.
 */
export const isFieldName = (name: string): boolean => FIELD_NAME.test(name) && !isIdentifier(name);
