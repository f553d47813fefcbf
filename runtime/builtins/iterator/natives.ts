import { callNative } from "../natives.ts";

// The host's iterator helpers; absent before ECMAScript 2025.

interface HelperMethods {
  readonly next: (this: unknown) => unknown;
  readonly return: (this: unknown) => unknown;
}

const NO_METHODS: Partial<HelperMethods> = {};

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
export const helperPrototype = iteratorClass && prototypeOf(callNative(drop, { next: undefined }, [0]));

/** Its methods as they were when this module loaded. */
export const { next: helperNext, return: helperReturn } = helperPrototype ?? NO_METHODS;

/** `%WrapForValidIteratorPrototype%`. */
export const wrapperPrototype =
  iteratorClass && prototypeOf(callNative(from, iteratorClass, [{ next: undefined, __proto__: null }]));

export const { next: wrapperNext, return: wrapperReturn } = wrapperPrototype ?? NO_METHODS;

function prototypeOf(iterator: unknown): HelperMethods {
  return Reflect.getPrototypeOf(iterator as object) as HelperMethods;
}
