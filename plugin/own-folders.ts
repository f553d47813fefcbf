import { createRequire } from "node:module";
import { dirname, sep } from "node:path";

/** The folders whose code is ours and already compiled. */
const folders = ["greenlets", "greenlets-plugin"].map(
  (name) => dirname(createRequire(import.meta.url).resolve(`${name}/package.json`)) + sep,
);

/** True for the files of our own two packages, also where a workspace links to them. */
export function isOwn(path: string): boolean {
  return folders.some((folder) => path.startsWith(folder));
}

/** True for installed packages, and for our own. */
export function isDependency(path: string): boolean {
  return path.includes(`${sep}node_modules${sep}`) || isOwn(path);
}
