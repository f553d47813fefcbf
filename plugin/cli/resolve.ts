/** TypeScript names the file that will be there after the build: `./walk.js` for `./walk.ts`. */
const sourceExtensions: Record<string, string[]> = {
  ".js": [".ts", ".tsx"],
  ".mjs": [".mts"],
  ".cjs": [".cts"],
};

/**
 * What to try instead of a specifier that led nowhere, and from where.
 *
 * `greenlets` resolves even where it is not installed (a script in a scratch folder): from this package, which depends on it.
 */
export function alternatives(specifier: string, parentURL: string | undefined): { specifier: string; parentURL: string | undefined }[] {
  if (/^greenlets(?:\/|$)/.test(specifier)) return [{ specifier, parentURL: import.meta.url }];
  const [, stem, extension] = /^(\.{0,2}\/.*|file:.*)(\.[mc]?js)$/.exec(specifier) ?? [];
  if (stem === undefined || extension === undefined) return [];
  return (sourceExtensions[extension] ?? []).map((source) => ({ specifier: stem + source, parentURL }));
}

/** True for the two ways in which Node says that a specifier led nowhere. */
export function isNotFound(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException | null)?.code;
  return code === "ERR_MODULE_NOT_FOUND" || code === "MODULE_NOT_FOUND";
}
