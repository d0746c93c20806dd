import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { transform } from "esbuild";
import ts from "typescript";
import type { CorpusCase } from "./case.ts";

/** How the TypeScript of a case reaches a bundler: as it is, or compiled file by file the way projects do. */
export type Dialect = "typescript" | "es2022" | "es2019" | "commonjs";

/** What build scripts define away: the program never reads this variable. */
const DEFINED: [RegExp, string][] = [[/process\.env\.BUILD_CHANNEL/g, '"prod"']];

/** Packages of a case are imported as `@acme/<folder>`. */
const SCOPE = "@acme";

const compile: Record<Dialect, (text: string) => Promise<string>> = {
  typescript: async (text) => text,
  es2022: async (text) => (await transform(text, { loader: "ts", target: "es2022" })).code,
  // optional chaining, class fields and private members are lowered
  es2019: async (text) => (await transform(text, { loader: "ts", target: "es2019" })).code,
  // what tsc itself makes: `exports.x`, `(0, m_1.f)()`, `__importDefault`
  commonjs: async (text) =>
    ts.transpileModule(text, {
      compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2020, esModuleInterop: true },
    }).outputText,
};

/** Every source file of a case, relative to its folder. */
export function sourceFiles(corpusCase: CorpusCase): string[] {
  const roots = ["src", "packages"];
  return readdirSync(corpusCase.directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(corpusCase.directory, join(entry.parentPath, entry.name)))
    .filter((path) => roots.some((root) => path.startsWith(`${root}/`)))
    .sort();
}

/** Lays a case out as a project in `directory` and returns its entry file. */
export async function stage(corpusCase: CorpusCase, dialect: Dialect, directory: string): Promise<string> {
  const extension = dialect === "typescript" ? ".ts" : ".js";
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), text);
  };
  const packages = new Set<string>();
  for (const file of sourceFiles(corpusCase)) {
    const source = readFileSync(join(corpusCase.directory, file), "utf8");
    const text = await compile[dialect](DEFINED.reduce((all, [name, value]) => all.replace(name, value), source));
    const [root, name, ...rest] = file.split("/");
    if (root === "packages" && name) packages.add(name);
    const target = root === "packages" ? join("node_modules", SCOPE, name ?? "", ...rest) : file;
    write(target.replace(/\.ts$/, extension), text);
  }
  for (const name of packages) {
    write(
      join("node_modules", SCOPE, name, "package.json"),
      JSON.stringify({ name: `${SCOPE}/${name}`, version: "1.0.0", main: `index${extension}` }),
    );
  }
  write("package.json", JSON.stringify({ name: `corpus-${corpusCase.name}`, version: "1.0.0" }));
  return join(directory, "src", `main${extension}`);
}
