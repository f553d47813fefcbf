import { callNative } from "../natives.ts";

// The host's iterator helpers; absent before ECMAScript 2025.

interface HelperMethods {
  readonly next: (this: unknown) => unknown;
  readonly return: (this: unknown) => unknown;
}

interface IteratorClass {
  readonly prototype: { readonly drop: (this: unknown, limit: number) => object };
  readonly from: (value: unknown) => object;
}

/** `Iterator`, undefined in a host without iterator helpers. */
export const iteratorClass = Reflect.get(globalThis, "Iterator") as IteratorClass | undefined;

/** `Iterator.prototype.drop`, which makes helper objects for us. */
export const drop = iteratorClass?.prototype.drop as (this: unknown, limit: number) => object;

/** `Iterator.from`, which makes wrappers for us. */
export const from = iteratorClass?.from as (value: unknown) => object;

/** `%IteratorHelperPrototype%`. */
export const helperPrototype =
  iteratorClass && (Reflect.getPrototypeOf(callNative(drop, { next: undefined }, [0])) as HelperMethods);

/** `%WrapForValidIteratorPrototype%`. */
export const wrapperPrototype =
  iteratorClass &&
  (Reflect.getPrototypeOf(callNative(from, iteratorClass, [{ next: undefined, __proto__: null }])) as HelperMethods);
