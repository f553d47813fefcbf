import { callNative } from "./natives.ts";

// Which built-in function has a version that can be suspended. The built-ins themselves stay as they are: only compiled
// calls look here, so code that was not compiled notices nothing.

const versions = new Map<unknown, Function>();

const { get: find } = Map.prototype;

/** Versions of a class's constructor: called with the arguments and `new.target`. */
export type ConstructorVersion = (values: readonly unknown[], newTarget: unknown) => unknown;

const constructors = new Map<unknown, ConstructorVersion>();

/** The version of `callee` that can be suspended, `callee` itself when there is none (or none is needed). */
export function resumable(callee: unknown): unknown {
  const version = callNative(find, versions, [callee]);
  return version === undefined ? callee : version;
}

/** The version of a constructor that can be suspended, undefined when there is none. */
export function constructorVersion(constructor: unknown): ConstructorVersion | undefined {
  return callNative(find, constructors, [constructor]) as ConstructorVersion | undefined;
}

/** Built-in functions by name, as far as this host has them, with their versions. */
export function register(owner: object, methods: Record<PropertyKey, Function>): void {
  for (const key of Reflect.ownKeys(methods)) {
    const native = Reflect.getOwnPropertyDescriptor(owner, key)?.value;
    if (typeof native === "function") versions.set(native, named(methods[key]!, native));
  }
}

export function registerConstructor(native: unknown, version: ConstructorVersion): void {
  constructors.set(native, version);
}

/** With the name and length of the built-in function: `bind` shows them. */
function named(version: Function, native: Function): Function {
  return Object.defineProperties(version, {
    name: { value: native.name, configurable: true },
    length: { value: native.length, configurable: true },
  });
}
