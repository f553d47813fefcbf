import { isConstructor } from "../../core/constructor.ts";
import { isObject } from "../../core/object.ts";
import { describe } from "../check.ts";
import { callNative, TypedArray, type TypedArrayConstructor, type TypedArrayLike } from "../natives.ts";

// What the methods of typed arrays ask of their receiver. Runs no code of the program.

const { keys } = TypedArray.prototype as unknown as { keys: () => unknown };
const lengthGetter = accessor("length");
const tagGetter = accessor(Symbol.toStringTag);

function accessor(key: PropertyKey): () => unknown {
  return Reflect.getOwnPropertyDescriptor(TypedArray.prototype, key)!.get as () => unknown;
}

/** Each class of typed arrays by its name. */
const classes = new Map<unknown, TypedArrayConstructor>();
for (const name of [
  "Int8",
  "Uint8",
  "Uint8Clamped",
  "Int16",
  "Uint16",
  "Int32",
  "Uint32",
  "Float16",
  "Float32",
  "Float64",
  "BigInt64",
  "BigUint64",
]) {
  const constructor = Reflect.get(globalThis, `${name}Array`);
  if (typeof constructor === "function") classes.set(`${name}Array`, constructor);
}

/** All classes of typed arrays that this host has. */
export const typedArrayClasses: readonly TypedArrayConstructor[] = [...classes.values()];

/**
 * ValidateTypedArray (ECMA-262 §23.2.4.4): `keys` checks just that before it makes an iterator.
 * @throws TypeError unless `value` is a typed array on a buffer that is still there
 */
export function validate(value: unknown): TypedArrayLike {
  callNative(keys, value, []);
  return value as TypedArrayLike;
}

/** How many elements there are now; 0 once the buffer is gone. */
export function lengthNow(array: TypedArrayLike): number {
  return callNative(lengthGetter, array, []) as number;
}

/** True for any typed array, also of another realm, with or without its buffer. */
export function isTypedArray(value: unknown): boolean {
  return isObject(value) && nameOf(value) !== undefined;
}

/** [[TypedArrayName]]. */
export function nameOf(array: unknown): string | undefined {
  return callNative(tagGetter, array, []) as string | undefined;
}

export function isBigInt(array: unknown): boolean {
  return nameOf(array)?.startsWith("Big") === true;
}

/** The class of `array` without regard to its species. */
export function classOf(array: unknown): TypedArrayConstructor {
  return classes.get(nameOf(array))!;
}

/** @throws TypeError unless `value` is a constructor */
export function constructorOrThrow(value: unknown): unknown {
  if (isConstructor(value)) return value;
  throw new TypeError(`${describe(value)} is not a constructor`);
}
