/**
 * place — what tsc emitted from the shadow, put where it belongs, with maps that lead to the sources.
 *
 *   walk.js.map leads to the shadow walk.ts · the shadow's map leads to src/walk.ts   →   dist/walk.js.map leads to src/walk.ts
 */
import { globSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import remapping from "@jridgewell/remapping";
import type { SourceMap } from "../../splice/index.ts";

export interface Placement {
  /** Where tsc emitted to. */
  from: string;
  to: string;
  shadow: string;
  base: string;
  maps: ReadonlyMap<string, SourceMap>;
}

/** Writes what is new or different. @returns the names of all files */
export function place({ from, to, shadow, base, maps }: Placement): string[] {
  const names = globSync("**/*", { cwd: from, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(from, join(entry.parentPath, entry.name)))
    .toSorted();
  for (const name of names) {
    const text = readFileSync(join(from, name), "utf8");
    writeChanged(join(to, name), name.endsWith(".map") ? composed(text, name, { from, to, shadow, base, maps }) : text);
  }
  return names;
}

function composed(text: string, name: string, { from, to, shadow, base, maps }: Placement): string {
  const map = JSON.parse(text) as { sources: string[] };
  // Absolute, so that each of them can be looked up.
  const sources = map.sources.map((source) => resolve(from, dirname(name), source));
  const result = remapping({ ...map, sources } as never, (source) => (maps.get(source) as never) ?? null);
  const place = (source: string): string =>
    relative(join(to, dirname(name)), source.startsWith(shadow + sep) ? join(base, relative(shadow, source)) : source);
  return JSON.stringify({
    ...result,
    sources: result.sources.map((source) => source && place(source).replaceAll(sep, "/")),
    sourcesContent: undefined,
  });
}

function writeChanged(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  if (textOf(path) !== text) writeFileSync(path, text);
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
