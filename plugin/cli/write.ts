import { mkdirSync, writeFileSync } from "node:fs";
import { basename, dirname, isAbsolute, relative, resolve, sep } from "node:path";
import type { Manifest } from "../analyse/manifest.ts";
import type { Compiled } from "./compile-file.ts";
import { withMapFile } from "./inline-map.ts";
import { compiledName, displayName } from "./source.ts";
import { UsageError } from "./usage-error.ts";

/** Writes files and their maps below a directory, each in its own folder; returns them with the names of what was written. */
export function writeBelow(directory: string, compiled: readonly Compiled[]): Compiled[] {
  const targets = compiled.map(({ path }) => resolve(directory, compiledName(placeOf(path))));
  refuseClashes(compiled, targets);
  return compiled.map((file, index) => {
    writeOne(file, targets[index]!);
    return { ...file, output: displayName(targets[index]!) };
  });
}

/** `greenlets.json` of a package: its package.json names it as `"greenlets"`. */
export function writeManifest(file: string, manifest: Manifest): void {
  try {
    mkdirSync(dirname(resolve(file)), { recursive: true });
    writeFileSync(file, `${JSON.stringify(manifest, null, 2)}\n`);
  } catch (error) {
    throw new UsageError("not-writable", `Can't write ${file}: ${(error as Error).message}`);
  }
}

/** The path below the working directory; a file from elsewhere goes to the top. */
function placeOf(path: string): string {
  const place = relative(process.cwd(), path);
  return place.startsWith("..") || isAbsolute(place) ? basename(path) : place;
}

/** Two inputs, one output (`a.ts` and `a.js`), or an output that is an input: say so before anything is lost. */
function refuseClashes(compiled: readonly Compiled[], targets: readonly string[]): void {
  const inputs = new Set(compiled.map(({ path }) => path));
  for (const [index, target] of targets.entries()) {
    const { name } = compiled[index]!;
    if (inputs.has(target))
      throw new UsageError("not-writable", `${name} would be written over the source ${displayName(target)}`);
    const other = targets.indexOf(target);
    if (other !== index)
      throw new UsageError(
        "not-writable",
        `${compiled[other]!.name} and ${name} would both be written to ${displayName(target)}`,
      );
  }
}

function writeOne({ path, code, map, changed }: Compiled, target: string): void {
  try {
    mkdirSync(dirname(target), { recursive: true });
    if (!changed || map === null) return writeFileSync(target, code);
    const mapFile = `${target}.map`;
    const sources = [relative(dirname(mapFile), path).replaceAll(sep, "/")];
    writeFileSync(mapFile, JSON.stringify({ ...map, file: basename(target), sources }));
    writeFileSync(target, withMapFile(code, basename(mapFile)));
  } catch (error) {
    throw new UsageError("not-writable", `Can't write ${displayName(target)}: ${(error as Error).message}`);
  }
}
