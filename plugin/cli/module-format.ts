import { existsSync, readFileSync } from "node:fs";
import { dirname, extname, join } from "node:path";
import { parseFile } from "../rewrite.ts";

/** How Node loads a file. */
export type ModuleFormat = "module" | "commonjs";

/** The files that we compile, by extension. */
export const compilable = /\.[mc]?[jt]sx?$/;

/**
 * Node's own rule: the extension, then `type` in the nearest package.json, then the syntax
 * (https://nodejs.org/api/packages.html#determining-module-system).
 */
export function moduleFormat(path: string, source: string): ModuleFormat {
  return declaredFormat(path) ?? formatBySyntax(path, source);
}

/** The format of a file that does not depend on what is in it. */
export function declaredFormat(path: string): ModuleFormat | undefined {
  const extension = extname(path);
  if (extension.startsWith(".m")) return "module";
  if (extension.startsWith(".c")) return "commonjs";
  return declaredType(dirname(path));
}

/** By folder: programs have many files in few folders. A package.json that changes while a program runs changes nothing for Node either. */
const types = new Map<string, ModuleFormat | undefined>();

function declaredType(folder: string): ModuleFormat | undefined {
  if (!types.has(folder)) types.set(folder, typeIn(folder));
  return types.get(folder);
}

function typeIn(folder: string): ModuleFormat | undefined {
  const manifest = join(folder, "package.json");
  if (existsSync(manifest)) {
    const { type } = JSON.parse(readFileSync(manifest, "utf8")) as { type?: string };
    return type === "module" || type === "commonjs" ? type : undefined;
  }
  const parent = dirname(folder);
  return parent === folder ? undefined : declaredType(parent);
}

/** `import`, `export` and `import.meta` make a module. A syntax error is left to the compiler, which shows it. */
export function formatBySyntax(path: string, source: string): ModuleFormat {
  try {
    return parseFile(source, path, undefined).program.sourceType === "module" ? "module" : "commonjs";
  } catch {
    return "module";
  }
}
