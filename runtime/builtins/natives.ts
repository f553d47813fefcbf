// Built-in functions as they were when this module loaded, so that a program that replaces them later can't change what
// its other builtins do. None of them leads to a switch by itself.

export const { isArray } = Array;
export const { is, keys } = Object;
export const { defineProperty, deleteProperty, getOwnPropertyDescriptor, getPrototypeOf, has, ownKeys } = Reflect;
export const { floor, max, min, trunc } = Math;
export const { isInteger } = Number;

/** `%TypedArray%`, which has no name. */
export const TypedArray = getPrototypeOf(Int8Array) as TypedArrayConstructor;

/** What all constructors of typed arrays have in common. */
export interface TypedArrayConstructor {
  new (length?: unknown): TypedArrayLike;
  readonly prototype: TypedArrayLike;
}

/** Any typed array, as far as its elements are concerned. */
export interface TypedArrayLike {
  readonly length: number;
  [index: number]: unknown;
}

/** `Reflect.apply` of a built-in function that runs no code of the program. */
export const callNative: (native: unknown, self: unknown, values: readonly unknown[]) => unknown =
  Reflect.apply as never;

/** `Reflect.get`. */
export const getProperty: (object: object, key: PropertyKey, receiver: unknown) => unknown = Reflect.get;

/** `Reflect.set`. */
export const setProperty: (object: object, key: PropertyKey, value: unknown, receiver: unknown) => boolean =
  Reflect.set;

const ownProperty = Object.prototype.hasOwnProperty;

/** `Object.hasOwn`, also where ES2022 is not there. */
export const hasOwn: typeof Object.hasOwn =
  Object.hasOwn ?? ((object, key) => callNative(ownProperty, object, [key]) as boolean);

/** `Object(value)`. */
export const wrap: (value: unknown) => object = Object as never;

const indexOfText = String.prototype.indexOf;
const sliceText = String.prototype.slice;
const textOf = Function.prototype.toString;

/** `text.indexOf(part, from)`. */
export function indexOf(text: string, part: string, from: number): number {
  return callNative(indexOfText, text, [part, from]) as number;
}

/** `text.slice(start, end)`. */
export function slice(text: string, start: number, end: number): string {
  return callNative(sliceText, text, [start, end]) as string;
}

/** `text.charCodeAt(index)`. */
export const codeAt: (text: string, index: number) => number = Function.prototype.call.bind(
  String.prototype.charCodeAt,
);

/** The source text of a function; of a built-in one, `function name() { [native code] }`. */
export function sourceOf(callee: unknown): string {
  return callNative(textOf, callee, []) as string;
}
