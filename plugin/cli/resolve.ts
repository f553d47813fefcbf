import { createRequire, type ResolveFnOutput } from "node:module";
import { pathToFileURL } from "node:url";

/** TypeScript names the file that will be there after the build: `./walk.js` for `./walk.ts`. */
const sourceExtensions: Record<string, string[]> = {
  ".js": [".ts", ".tsx"],
  ".mjs": [".mts"],
  ".cjs": [".cts"],
};

/** What to try instead of a specifier that led nowhere: `./walk.js` → `./walk.ts`, `./walk.tsx`. */
export function sourceSpecifiers(specifier: string): string[] {
  const [, stem, extension] = /^(\.{0,2}\/.*|file:.*)(\.[mc]?js)$/.exec(specifier) ?? [];
  if (stem === undefined || extension === undefined) return [];
  return (sourceExtensions[extension] ?? []).map((source) => stem + source);
}

/** `greenlets` where it is not installed (a script in a scratch folder): the copy that this package depends on. */
export function ownRuntime(specifier: string): ResolveFnOutput | undefined {
  if (!/^greenlets(?:\/|$)/.test(specifier)) return undefined;
  // Not import.meta.resolve: Node 20 has none in the thread of its hooks.
  const path = createRequire(import.meta.url).resolve(specifier);
  return { url: pathToFileURL(path).href, format: "module", shortCircuit: true };
}

/** True for the two ways in which Node says that a specifier led nowhere. */
export function isNotFound(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException | null)?.code;
  return code === "ERR_MODULE_NOT_FOUND" || code === "MODULE_NOT_FOUND";
}
