export const PAGE_ASSETS: URL;
export function pageAssets(): Promise<string>;
