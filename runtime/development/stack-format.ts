import { isOwnFile } from "../core/place.ts";
import { linesBelow } from "./stack.ts";

// V8 makes the text of a stack when somebody first reads it, by `Error.prepareStackTrace` if there is one. Development
// builds use that to show the logical stack. An error whose `stack` the program has set itself never comes here.

/** What this file needs of V8's CallSite. */
interface Site {
  getFileName(): string | null;
  getFunctionName(): string | null;
}

type Prepare = (error: Error, sites: Site[]) => unknown;

interface Host {
  captureStackTrace?: unknown;
  prepareStackTrace?: Prepare | undefined;
  stackTraceLimit?: number;
}

/** Whether this file's function is in its place: it is put there once. */
let isInstalled = false;

/**
 * Lets `error.stack` show the logical stack from now on, in development builds on V8. What prepared stacks before still does, and
 * what the program puts there later takes the place of both.
 */
export function showLogicalStacks(): void {
  const host = Error as unknown as Host;
  if (isInstalled || host.captureStackTrace === undefined) return;
  isInstalled = true;
  const before = host.prepareStackTrace ?? standard;
  host.prepareStackTrace = (error, sites) => prepare(before, error, sites);
  // Of three native frames of a development build two are the runtime's, so V8's own limit would show hardly any.
  if (host.stackTraceLimit === 10) host.stackTraceLimit = 30;
}

/** V8's own text. */
const standard: Prepare = (error, sites) =>
  [String(error), ...sites.map((site) => `    at ${String(site)}`)].join("\n");

function prepare(before: Prepare, error: Error, sites: Site[]): unknown {
  const end = sites.findIndex((site) => isTrampoline(site));
  if (end === -1) return before(error, sites);
  const native = before(error, programs(sites.slice(0, end)));
  if (typeof native !== "string") return native;
  return [withoutMarks(native), ...linesBelow(error, rootName(sites, end))].join("\n");
}

const isTrampoline = (site: Site): boolean => site.getFunctionName() === "run" && isOwn(site);

const isOwn = (site: Site): boolean => isOwnFile(site.getFileName() ?? "");

/** Functions of the runtime through which every call of a development build goes. */
const HELPERS = new Set(["dev", "devNew", "callWith", "start", "constructVersion"]);

/** The frames of the program. */
function programs(sites: readonly Site[]): Site[] {
  return sites.filter((site) => !(HELPERS.has(site.getFunctionName() ?? "") && isOwn(site)));
}

/** `    at Frame.walk$resume [as resume] (…)` → `    at walk (…)`. */
function withoutMarks(stack: string): string {
  return stack.replace(/^(\s+at )(?:Frame\.)?(.*)\$resume\d*(?: \[as resume\])? \(/gm, "$1$2 (");
}

/** The activation that the trampoline entered. */
function rootName(sites: readonly Site[], end: number): string {
  return sites[end - 1]?.getFunctionName() ?? "";
}
