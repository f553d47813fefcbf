import { apply, construct } from "../calls.ts";
import { isObject } from "../../core/object.ts";
import { callable, toObject, type Callback, type Indexed } from "../check.ts";
import { lengthOf, methodOf } from "../coerce.ts";
import { marked, sortedItems } from "../array/sort.ts";
import { defineItem } from "../define.ts";
import { listFrom } from "../iterate.ts";
import { callNative, TypedArray, type TypedArrayConstructor, type TypedArrayLike } from "../natives.ts";
import { type ConstructorVersion } from "../registry.ts";
import { get } from "../through.ts";
import { createLike, createWith, store } from "./create.ts";
import { classOf, constructorOrThrow, isTypedArray, lengthNow, validate } from "./element.ts";

// What makes or rewrites a typed array: `map`, `filter`, `sort`, `toSorted`, `from`, `new Float64Array(iterable)`.

const { sort: native } = TypedArray.prototype as unknown as { sort: () => unknown };

/** `map` (ECMA-262 §23.2.3.22). */
export function map(this: unknown, callback?: unknown, thisArg?: unknown): unknown {
  const array = validate(this);
  const length = lengthNow(array);
  const visit = callable(callback);
  const result = createLike(array, length);
  for (let k = 0; k < length; k++) {
    const value = apply(visit, thisArg, [array[k], k, array]);
    store(result, k, value);
  }
  return result;
}

/** `filter` (§23.2.3.10). */
export function filter(this: unknown, callback?: unknown, thisArg?: unknown): unknown {
  const array = validate(this);
  const length = lengthNow(array);
  const test = callable(callback);
  const kept: unknown[] = [];
  for (let k = 0; k < length; k++) {
    const item = array[k];
    if (apply(test, thisArg, [item, k, array])) defineItem(kept, kept.length, item);
  }
  const result = createLike(array, kept.length);
  for (let k = 0; k < kept.length; k++) store(result, k, kept[k]);
  return result;
}

/** `sort` (§23.2.3.29); without a comparison no code of the program runs. */
export function sort(this: unknown, compare?: unknown): unknown {
  const comparison = compare === undefined ? undefined : callable(compare);
  const array = validate(this);
  if (comparison === undefined) return callNative(native, array, []);
  const sorted = sortedElements(array, comparison);
  for (let k = 0; k < sorted.length; k++) array[k] = sorted[k];
  return array;
}

/** `toSorted` (§23.2.3.33). */
export function toSorted(this: unknown, compare?: unknown): unknown {
  const comparison = compare === undefined ? undefined : callable(compare);
  const array = validate(this);
  const result = new (classOf(array))(lengthNow(array));
  const sorted = comparison === undefined ? elements(array) : sortedElements(array, comparison);
  for (let k = 0; k < sorted.length; k++) result[k] = sorted[k];
  return comparison === undefined ? callNative(native, result, []) : result;
}

function elements(array: TypedArrayLike): unknown[] {
  const items: unknown[] = [];
  const length = lengthNow(array);
  for (let k = 0; k < length; k++) defineItem(items, k, array[k]);
  return items;
}

function sortedElements(array: TypedArrayLike, compare: Callback): unknown[] {
  return sortedItems(elements(array), marked(compare));
}

/** `%TypedArray%.from` (§23.2.2.1): unlike `Array.from`, all values first. */
export function from(this: unknown, source?: unknown, mapper?: unknown, thisArg?: unknown): unknown {
  constructorOrThrow(this);
  const visit = mapper === undefined ? undefined : callable(mapper);
  const method = methodOf(source, Symbol.iterator);
  const list = method === undefined ? toObject(source) : (listFrom(source, method) as unknown as Indexed);
  const length = lengthOf(list);
  const result = createWith(this, length);
  for (let k = 0; k < length; k++) {
    const item = get(list, k);
    const value = visit === undefined ? item : apply(visit, thisArg, [item, k]);
    store(result, k, value);
  }
  return result;
}

/** `new Float64Array(iterable)` and its sisters (§23.2.5.1). */
export function typedArrayConstructor(native: TypedArrayConstructor): ConstructorVersion {
  return (values, newTarget) => {
    const source = values[0];
    const plain = !isObject(source) || isTypedArray(source) || isBuffer(source);
    return plain ? construct(native, values, newTarget) : fromObject(native, source, newTarget);
  };
}

/** The values, all read and converted, in a list that the built-in constructor reads by index. */
function fromObject(native: TypedArrayConstructor, source: Indexed, newTarget: unknown): unknown {
  const method = methodOf(source, Symbol.iterator);
  const list = method === undefined ? source : (listFrom(source, method) as unknown as Indexed);
  const length = lengthOf(list);
  const result = construct(native, [length], newTarget) as TypedArrayLike;
  for (let k = 0; k < length; k++) {
    const item = get(list, k);
    store(result, k, item);
  }
  return result;
}

const byteLength = Reflect.getOwnPropertyDescriptor(ArrayBuffer.prototype, "byteLength")!.get!;
const sharedByteLength =
  typeof SharedArrayBuffer === "function"
    ? Reflect.getOwnPropertyDescriptor(SharedArrayBuffer.prototype, "byteLength")!.get!
    : undefined;

function isBuffer(value: unknown): boolean {
  return hasBrand(byteLength, value) || (sharedByteLength !== undefined && hasBrand(sharedByteLength, value));
}

/** True when the accessor accepts `value` as its receiver. */
function hasBrand(accessor: () => unknown, value: unknown): boolean {
  try {
    callNative(accessor, value, []);
    return true;
  } catch {
    return false;
  }
}
