import { core } from "../core/core.ts";
import { isOwnFile } from "../core/place.ts";

// Compiled code of a development build marks the calls it makes. Code that was compiled for production, as published packages are, makes none, so a
// function that it calls looks as if foreign code had called it. The native stack tells the two apart.

/** What this file needs of V8's CallSite. */
interface Site {
  getFileName(): string | null;
  getLineNumber(): number | null;
  getColumnNumber(): number | null;
  getFunctionName(): string | null;
  getTypeName(): string | null;
}

/** Who an activation belongs to. Foreign is everything else. */
type Owner = "production" | "development" | "runtime" | "foreign";

interface Host {
  captureStackTrace?: unknown;
  prepareStackTrace?: unknown;
  stackTraceLimit?: number;
}

/**
 * Whether each activation between here and the trampoline was called by compiled code, and one of them by code that was compiled for
 * production: then a missing mark says nothing. A foreign frame further up in such code is noticed as it is in production, later.
 */
export function calledByPackage(): boolean {
  if (core.modules.every(([, build]) => build)) return false;
  // Only V8 shows its stacks.
  if ((Error as Host).captureStackTrace === undefined) return true;
  return isCarried(allSites());
}

/** The walk itself: from the innermost activation outwards. */
function isCarried(sites: readonly Site[]): boolean {
  let hasPackage = false;
  let callee: Owner = "runtime";
  for (const site of sites) {
    const owner = ownerOf(site);
    if (owner === "runtime" && site.getFunctionName() === "run") return hasPackage;
    // An operator, a getter or a Proxy stands between two functions when the runtime does not.
    if (owner === "foreign" || (owner === "development" && callee !== "runtime")) return false;
    if (owner === "production" && callee === "development") hasPackage = true;
    callee = owner;
  }
  return false;
}

/** The last module of a file that begins before the activation: a bundle has many in one file. */
function ownerOf(site: Site): Owner {
  const file = site.getFileName() ?? "";
  const position = positionOf(site);
  let found: Begin | undefined;
  for (const begin of begins()) {
    if (begin.file !== file || begin.position > position) continue;
    if (found === undefined || begin.position > found.position || begin.development) found = begin;
  }
  if (found !== undefined) return found.development ? "development" : "production";
  // `Reflect.apply` and `Reflect.construct` are called by the runtime alone.
  return isOwnFile(file) || site.getTypeName() === "Reflect" ? "runtime" : "foreign";
}

interface Begin {
  readonly file: string;
  readonly position: number;
  readonly development: boolean;
}

/** Where the modules that were looked at begin; grows with `core.modules`. */
const known: Begin[] = [];

function begins(): readonly Begin[] {
  for (let index = known.length; index < core.modules.length; index++) {
    const [witness, build] = core.modules[index]!;
    const site = sitesOf(witness)[1];
    known.push({
      file: site?.getFileName() ?? "",
      position: site === undefined ? 0 : positionOf(site),
      development: build !== undefined,
    });
  }
  return known;
}

/** Grows along a file, whose lines may be long. */
function positionOf(site: Site): number {
  return (site.getLineNumber() ?? 0) * 2 ** 32 + (site.getColumnNumber() ?? 0);
}

/** The whole native stack, innermost first. */
function allSites(): readonly Site[] {
  const host = Error as Host;
  const { stackTraceLimit } = host;
  host.stackTraceLimit = Infinity;
  try {
    return sitesOf(new Error());
  } finally {
    host.stackTraceLimit = stackTraceLimit!;
  }
}

/** The activations in the stack of an error that nobody has looked at. */
function sitesOf(error: Error): readonly Site[] {
  const host = Error as Host;
  const { prepareStackTrace } = host;
  host.prepareStackTrace = (_error: Error, sites: Site[]) => sites;
  try {
    const stack = error.stack as unknown;
    return Array.isArray(stack) ? (stack as Site[]) : [];
  } finally {
    host.prepareStackTrace = prepareStackTrace;
  }
}
