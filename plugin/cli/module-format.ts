import { existsSync, readFileSync } from "node:fs";
import { dirname, extname, join } from "node:path";
import { parseSync } from "@babel/core";

/** How Node loads a file. */
export type ModuleFormat = "module" | "commonjs";

/** The files that we compile, by extension. */
export const compilable = /\.[mc]?[jt]sx?$/;

/**
 * Node's own rule: the extension, then `type` in the nearest package.json, then the syntax
 * (https://nodejs.org/api/packages.html#determining-module-system).
 */
export function moduleFormat(path: string, source: string): ModuleFormat {
  const extension = extname(path);
  if (extension.startsWith(".m")) return "module";
  if (extension.startsWith(".c")) return "commonjs";
  return declaredType(dirname(path)) ?? typeBySyntax(path, source);
}

function declaredType(folder: string): ModuleFormat | undefined {
  const manifest = join(folder, "package.json");
  if (existsSync(manifest)) {
    const { type } = JSON.parse(readFileSync(manifest, "utf8")) as { type?: string };
    return type === "module" || type === "commonjs" ? type : undefined;
  }
  const parent = dirname(folder);
  return parent === folder ? undefined : declaredType(parent);
}

/** `import`, `export` and `import.meta` make a module. A syntax error is left to the compiler, which shows it. */
function typeBySyntax(filename: string, source: string): ModuleFormat {
  const plugins = /\.[mc]?ts$/.test(filename) ? ["typescript" as const] : ["typescript" as const, "jsx" as const];
  try {
    const ast = parseSync(source, {
      filename,
      sourceType: "unambiguous",
      configFile: false,
      babelrc: false,
      parserOpts: { plugins },
    });
    return ast?.program.sourceType === "module" ? "module" : "commonjs";
  } catch {
    return "module";
  }
}
