/**
 * shadow — a project's sources after the compile step, still in TypeScript, in a folder of their own: what tsc is given to emit.
 *
 *   In     the files of a project, their facts
 *   Out    the same files below another folder; for each one that changed, its map
 *   Keeps  folders, and the package.json files in them, which decide on module formats
 */
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { rewrite } from "../../rewrite.ts";
import type { SourceMap } from "../../splice/index.ts";

export interface ShadowOptions {
  /** The folder that output paths are relative to. */
  base: string;
  folder: string;
  facts: string;
  stress: boolean;
  /** Called before each file. */
  progress(file: string, index: number): void;
}

/** @returns maps by the path of the shadow. @throws an AggregateError with what stopped each file that is refused */
export function writeShadow(files: readonly string[], options: ShadowOptions): Map<string, SourceMap> {
  const maps = new Map<string, SourceMap>();
  const failures: unknown[] = [];
  files.forEach((file, index) => {
    options.progress(file, index);
    try {
      writeOne(file, options, maps);
    } catch (error) {
      failures.push(error);
    }
  });
  if (failures.length > 0) throw new AggregateError(failures);
  for (const folder of new Set(files.map(dirname))) copyManifests(folder, options);
  return maps;
}

function writeOne(file: string, { base, folder, facts, stress }: ShadowOptions, maps: Map<string, SourceMap>): void {
  const text = readFileSync(file, "utf8");
  const target = join(folder, relative(base, file));
  const rewritten = file.endsWith(".json") ? null : rewrite(text, { filename: file, facts, stress });
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, rewritten?.code ?? text);
  if (rewritten) maps.set(target, rewritten.map);
}

/** `{ "type": … }` of every folder up to the project's own. */
function copyManifests(from: string, { base, folder }: ShadowOptions): void {
  for (let at = from; at === base || at.startsWith(base + sep); at = dirname(at)) {
    const manifest = join(at, "package.json");
    if (existsSync(manifest)) copyFileSync(manifest, resolve(folder, relative(base, at), "package.json"));
  }
}
