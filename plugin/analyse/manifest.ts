/**
 * manifest — which functions of a dependency may switch: `greenlets.json`, shipped beside its `.d.ts` files.
 *
 *   In     a declaration file inside some package
 *   Out    what its package says about one exported function or method
 *
 *   package.json    { "name": "db", "greenlets": "./dist/greenlets.json" }
 *   greenlets.json  { "abi": 1, "switches": { "query": "Greenlet#switch", "Pool#acquire": "wait" }, "keeps": ["later"] }
 *
 * Names are those of the declaration (`query`, `Pool#acquire`, `new Pool`), so it does not matter under which path a name is exported again.
 * What a manifest does not list was compiled and is plain; a package without one was not compiled.
 */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Program } from "./link.ts";
import { call, type GraphNode } from "./names.ts";

export const MANIFEST_ABI = 1;

export interface Manifest {
  readonly abi: number;
  /** Name of a declaration → the reason, as text. */
  readonly switches: Readonly<Record<string, string>>;
  /** Declarations that never call a function that they are given before they return. */
  readonly keeps?: readonly string[];
}

export interface ManifestEntry {
  readonly switches: string | undefined;
  readonly plain: boolean;
  readonly keeps: boolean;
}

interface Package {
  readonly name: string;
  readonly folder: string;
  /** Read when it is first asked for: a package that is being built has none yet, and its own source needs none. */
  readonly manifest: Manifest | undefined;
}

/** The runtime's two primitives. They hold for the package's own source as well, where no manifest exists yet. */
const primitives: Readonly<Record<string, string>> = {
  "Greenlet#switch": "Greenlet#switch",
  "Greenlet#throw": "Greenlet#throw",
};

export class ManifestError extends Error {
  readonly code = "manifest-corrupt";
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "ManifestError";
  }
}

/** Packages by folder; package.json files of dependencies do not change while the process lives. */
const packages = new Map<string, Package | undefined>();

/** The package a file belongs to: the nearest package.json with a name. */
export function packageOf(file: string): Package | undefined {
  const folder = dirname(file);
  if (packages.has(folder)) return packages.get(folder);
  const found = packageIn(folder) ?? (dirname(folder) === folder ? undefined : packageOf(folder));
  packages.set(folder, found);
  return found;
}

function packageIn(folder: string): Package | undefined {
  const file = join(folder, "package.json");
  if (!existsSync(file)) return undefined;
  const json = readJson(file) as { name?: unknown; greenlets?: unknown };
  if (typeof json.name !== "string") return undefined;
  const { name, greenlets } = json;
  let read: Manifest | undefined;
  return {
    name,
    folder,
    get manifest() {
      if (typeof greenlets === "string") read ??= readManifest(join(folder, greenlets));
      return read;
    },
  };
}

/** @throws ManifestError when the file is missing, is not JSON, or is of another version */
export function readManifest(file: string): Manifest {
  const json = readJson(file) as Partial<Manifest> | null;
  if (
    json === null ||
    typeof json !== "object" ||
    json.abi !== MANIFEST_ABI ||
    typeof json.switches !== "object" ||
    json.switches === null
  ) {
    throw new ManifestError(
      `${file} is not a manifest of version ${MANIFEST_ABI}: { "abi": ${MANIFEST_ABI}, "switches": { … } }`,
    );
  }
  return json as Manifest;
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (cause) {
    throw new ManifestError(`${file} can't be read as JSON`, { cause });
  }
}

/** A method of the runtime that switches by definition: the reason, as text. */
export function primitiveOf(from: Package | undefined, container: string, name: string): string | undefined {
  return from?.name === "greenlets" ? own(primitives, `${container}#${name}`) : undefined;
}

/** Undefined: nothing is known, the package was not compiled. */
export function manifestEntry(from: Package | undefined, container: string, name: string): ManifestEntry | undefined {
  if (from === undefined) return undefined;
  const full = container === "" ? name : `${container}#${name}`;
  const listed = from.manifest?.switches;
  const reason = own(listed, full) ?? own(listed, `new ${name}`) ?? primitiveOf(from, container, name);
  if (reason === undefined && listed === undefined && from.name !== "greenlets") return undefined;
  return { switches: reason, plain: reason === undefined, keeps: from.manifest?.keeps?.includes(full) ?? false };
}

/**
 * The manifest of an analysed package: the exported functions that switch by themselves. One that only calls its callback is not in it: callers
 * see from its parameters what they pass.
 */
export function manifestOf(program: Program): Manifest {
  const switches = new Map<string, string>();
  for (const { functions } of program.fragments) {
    for (const fn of functions) {
      const node = call(fn.own);
      if (fn.exported && /^[^(]/.test(fn.name) && program.reached.has(node) && !switches.has(fn.name))
        switches.set(fn.name, rootText(program, node));
    }
  }
  return { abi: MANIFEST_ABI, switches: Object.fromEntries([...switches].sort(([a], [b]) => (a < b ? -1 : 1))) };
}

function rootText(program: Program, from: GraphNode): string {
  let node = from;
  for (let next = program.reached.because(node); next !== undefined; next = program.reached.because(node)) node = next;
  return program.rootText.get(node) ?? "a switch";
}

function own(record: Readonly<Record<string, string>> | undefined, key: string): string | undefined {
  return record !== undefined && Object.hasOwn(record, key) ? record[key] : undefined;
}
