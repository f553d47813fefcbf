import { construct } from "./calls.ts";
import { constructorVersion } from "./registry.ts";

/** `new callee(…)`, where the callee may be a built-in class that calls back: `new Map(pairs)` → `$.construct(Map, pairs)`. */
export function constructResumable(callee: unknown, ...values: unknown[]): unknown {
  return constructAs(callee, values, callee);
}

/** `Reflect.construct`, with the version of a built-in class where there is one. */
export function constructAs(callee: unknown, values: readonly unknown[], newTarget: unknown): unknown {
  const version = constructorVersion(callee);
  return version === undefined ? construct(callee, values, newTarget) : version(values, newTarget);
}
