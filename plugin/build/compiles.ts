import { sep } from "node:path";
import { isOwn } from "../own-folders.ts";

/** The scripts among the modules of a build: by extension, or by `lang.ts` in the query of a single-file component. */
export const SCRIPT = /\.[cm]?[jt]sx?(?:$|\?)|[?&]lang[.=][jt]sx?\b/;

/** What a bundler makes up itself. */
export const VIRTUAL = /^\0|virtual:/;

/**
 * What a body of code begins with: an arrow, a class, `function`, or a parenthesis before a brace (`f() {`, `f(): T {`, `f() /* … *\/ {`).
 * A file without one holds no suspension point; bundlers ask this before they call us.
 */
export const BODY = /=>|\bclass\b|\bfunction\b|\)\s*[{:/]/;

/** Code that was compiled before it was published. */
const COMPILED = /["']greenlets\/internal["']/;

/** Which modules of a build are compiled. */
export interface Choice {
  /** Dependencies to compile as well: names of packages, or patterns of paths. Dependencies are left alone otherwise. */
  include?: readonly (string | RegExp)[];
  /** Patterns of paths to leave as they are. */
  exclude?: readonly RegExp[];
}

/** True for the modules that a build has us compile. */
export function compiles(path: string, code: string, { include = [], exclude = [] }: Choice): boolean {
  if (isOwn(path) || COMPILED.test(code) || exclude.some((pattern) => pattern.test(path))) return false;
  return (
    !path.includes(`${sep}node_modules${sep}`) ||
    include.some((one) => (typeof one === "string" ? isIn(path, one) : one.test(path)))
  );
}

/** The innermost package of a path: `…/node_modules/a/node_modules/b/index.js` is in `b`. */
function isIn(path: string, packageName: string): boolean {
  const [, inner] = /.*[\\/]node_modules[\\/](.*)$/.exec(path) ?? [];
  return inner !== undefined && inner.replaceAll("\\", "/").startsWith(`${packageName}/`);
}

/** A module's file, named so that its language shows: `/src/App.vue?vue&type=script&lang.ts` → `/src/App.vue.ts` */
export function fileOf(id: string): string {
  const [path = id, query = ""] = id.split("?", 2);
  const [, language] = /(?:^|&)lang[.=]([jt]sx?)\b/.exec(query) ?? [];
  return language !== undefined && !path.endsWith(`.${language}`) ? `${path}.${language}` : path;
}
