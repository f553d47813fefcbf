/** A fresh global object for each run: the runtime, the host object `$262`, and the harness files the test asks for. */
import { createContext, constants, runInContext, type Context, type Script } from "node:vm";
import type { HarnessLibrary } from "./harness.ts";
import type { Translate } from "./translate.ts";

/** What the bundled runtime leaves in a realm. */
export interface Greenlets {
  readonly $: { state: Int32Array };
  readonly Greenlet: new (run: () => unknown) => {
    readonly dead: boolean;
    switch(value?: unknown): unknown;
    throw(error: unknown): unknown;
  };
}

export interface Realm {
  readonly global: Context;
  readonly greenlets: Greenlets | null;
  readonly require: (specifier: string) => unknown;
  /** Lines given to the host's `print`. */
  readonly printed: string[];
}

/** `runtime` is a script whose value is the runtime; without one the realm cannot run compiled code. */
export function createRealm(runtime: Script | null): Realm {
  const global = createContext(constants.DONT_CONTEXTIFY);
  const greenlets: Greenlets | null = runtime === null ? null : runtime.runInContext(global);
  const printed: string[] = [];
  const realm: Realm = { global, greenlets, printed, require: (specifier) => provide(specifier, greenlets) };
  define(global, "print", (line: unknown) => void printed.push(String(line)));
  define(global, "$262", hostObject(realm, runtime));
  return realm;
}

/** All that compiled code may ask for. */
const own = /^greenlets(?:\/|$)/;

function provide(specifier: string, greenlets: Greenlets | null): unknown {
  if (greenlets !== null && own.test(specifier)) return greenlets;
  throw new Error(`the test asked for "${specifier}"`);
}

/** Source: INTERPRETING.md, section "Host-Defined Functions". Threads (`agent`) are left out: no selected test needs them. */
function hostObject({ global }: Realm, runtime: Script | null): object {
  return {
    global,
    createRealm: () => (createRealm(runtime).global as { $262: unknown }).$262,
    evalScript: (source: string) => runInContext(source, global),
    detachArrayBuffer: (buffer: ArrayBuffer) => void structuredClone(buffer, { transfer: [buffer] }),
    gc: () => globalThis.gc?.(),
  };
}

function define(global: Context, name: string, value: unknown): void {
  Object.defineProperty(global, name, { value, writable: true, enumerable: false, configurable: true });
}

/** What a script's top-level functions and variables become: properties that cannot be deleted. */
export function loadHarness(
  realm: Realm,
  library: HarnessLibrary,
  files: readonly string[],
  translate: Translate,
): void {
  for (const file of files) {
    const declared: object = library.script(file, translate).runInContext(realm.global)(realm.require);
    for (const [name, value] of Object.entries(declared)) {
      Object.defineProperty(realm.global, name, { value, writable: true, enumerable: true, configurable: false });
    }
  }
}
