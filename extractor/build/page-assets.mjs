// Run by the build, before the compiler: makes render/html/page-assets.ts of the styles and the script in
// render/html/page/.
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build, transform } from "esbuild";

const PAGE = new URL("../render/html/page/", import.meta.url);
export const PAGE_ASSETS = new URL("../render/html/page-assets.ts", import.meta.url);

/** In the order of the cascade. */
const STYLES = ["colours", "layout", "diagrams", "tables", "comparisons", "media"];
const SMALL = { minify: true, legalComments: "none", lineLimit: 100, target: "es2022", charset: "ascii" };

/** The text of the module. */
export async function pageAssets() {
  const styles = await Promise.all(STYLES.map((name) => readFile(new URL(`${name}.css`, PAGE), "utf8")));
  const { code: style } = await transform(styles.join(""), { ...SMALL, target: "esnext", loader: "css" });
  const { outputFiles } = await build({
    ...SMALL,
    entryPoints: [fileURLToPath(new URL("script.ts", PAGE))],
    bundle: true,
    format: "iife",
    write: false,
  });
  const { version } = JSON.parse(await readFile(new URL("../../package.json", import.meta.url), "utf8"));
  return [
    "// Made from page/ by build/page-assets.mjs. Edit those files, then run `npm run build`.",
    `export const STYLE = ${literal(style)};`,
    `export const VERSION = ${JSON.stringify(version)};`,
    `export const SCRIPT = ${literal(outputFiles[0].text)};\n`,
  ].join("\n");
}

/** A template literal keeps the lines short. */
const literal = (text) => `\`${text.replaceAll(/[\\`]|\$\{/g, "\\$&")}\``;

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) await writeFile(PAGE_ASSETS, await pageAssets());
