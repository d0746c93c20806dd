/** Holes stand in a text as one private character each, so that it can be cut as text. */
export const FIRST_MARK = 0xe000;
export const LAST_MARK = 0xf8ff;
export const MARK = /[\ue000-\uf8ff]/g;

export const holeMark = (index: number) => String.fromCharCode(FIRST_MARK + index);
export const holeIndex = (mark: string) => mark.charCodeAt(0) - FIRST_MARK;
export const hasMark = (text: string): boolean => text.search(MARK) >= 0;
