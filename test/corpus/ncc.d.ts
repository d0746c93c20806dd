// the package ships no types
declare module "@vercel/ncc" {
  export default function ncc(
    entry: string,
    options: { quiet: boolean; cache: boolean; minify: boolean },
  ): Promise<{ code: string; assets: Record<string, { source: Buffer | string }> }>;
}
