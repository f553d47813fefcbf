/**
 * For the conformance suite: a realm in which the built-in functions are our versions of them, so that the suite's own
 * tests judge these. Nothing else ever does this: prototypes are not touched outside of it.
 */
import { CONSTRUCTORS, VERSIONS } from "../../runtime/builtins/table.ts";

export * from "../conformance/runtime-entry.ts";

const { apply, defineProperty, getOwnPropertyDescriptor, ownKeys } = Reflect;

for (const [owner, versions] of VERSIONS) {
  for (const key of ownKeys(versions)) {
    const descriptor = getOwnPropertyDescriptor(owner, key);
    if (typeof descriptor?.value !== "function") continue;
    defineProperty(owner, key, { ...descriptor, value: asMethod(descriptor.value, versions[key]!) });
  }
}

for (const [native, version] of CONSTRUCTORS) {
  const constructor = native as { name: string; prototype: object };
  const substitute: Function = new Proxy(native as Function, {
    construct: (_target, values, newTarget) => version(values, newTarget === substitute ? native : newTarget) as object,
  });
  defineProperty(constructor.prototype, "constructor", { value: substitute, writable: true, configurable: true });
  defineProperty(globalThis, constructor.name, { value: substitute, writable: true, configurable: true });
}

/** A function with the looks of the built-in one: its name, its length, and no [[Construct]]. */
function asMethod(native: Function, version: Function): Function {
  const { method } = {
    method(this: unknown, ...values: unknown[]): unknown {
      return apply(version, this, values);
    },
  };
  for (const key of ["length", "name"]) defineProperty(method, key, getOwnPropertyDescriptor(native, key)!);
  return method;
}
