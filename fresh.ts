// What the build makes of the runtime's sources, and keeps as long as nothing it is made from has changed.
import { globSync, statSync } from "node:fs";
import { join } from "node:path";

const root = import.meta.dirname;

/** @param maker the file that makes `file` @returns whether `file` is newer than the runtime, the analysis and its maker */
export function isFresh(file: string, maker: string): boolean {
  const written = statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const sources = globSync(["runtime/*.ts", "runtime/!(dist)/**/*.ts", "plugin/analyse/*.ts", maker], { cwd: root });
  return sources.every((source) => statSync(join(root, source)).mtimeMs < written);
}
