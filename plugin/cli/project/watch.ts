import { watch } from "node:fs";
import { resolve, sep } from "node:path";

/** Editors write a file more than once; what comes within this time, in milliseconds, is one change. */
const SETTLE = 50;

/** Calls `changed` with the files of a project that changed, never twice at a time. Runs until the process ends. */
export function watchProject(
  root: string,
  directory: string,
  changed: (paths: ReadonlySet<string>) => Promise<void>,
): Promise<never> {
  const pending = new Set<string>();
  let busy = false;
  const work = async (): Promise<void> => {
    if (busy || pending.size === 0) return;
    busy = true;
    const paths = new Set(pending);
    pending.clear();
    await changed(paths);
    busy = false;
    await work();
  };
  return new Promise((_, reject) => {
    watch(root, { recursive: true }, (_event, name) => {
      const path = name && resolve(root, name);
      if (!path || !isSource(path) || path.startsWith(directory + sep)) return;
      pending.add(path);
      setTimeout(() => void work().catch(reject), SETTLE);
    });
  });
}

const isSource = (path: string): boolean =>
  /\.[cm]?[jt]sx?$|[\\/](?:package|tsconfig[^\\/]*)\.json$/.test(path) && !path.includes(`${sep}node_modules${sep}`);
