import { apply } from "../calls.ts";
import { isConstructor } from "../../core/constructor.ts";
import { isObject } from "../../core/object.ts";
import { callable, describe, type Indexed } from "../check.ts";
import { lengthOf, toKey } from "../coerce.ts";
import { constructAs } from "../construct.ts";
import { defineItem } from "../define.ts";
import { resumable } from "../registry.ts";
import { get, getVia, setVia } from "../through.ts";
import { callNative } from "../natives.ts";

// Functions that call a function they are given. They hand S through by themselves; these versions matter when what is
// called is a built-in function again: `Reflect.apply(Array.prototype.map, list, [callback])`.

const { bind: nativeBind } = Function.prototype;

/** `Function.prototype.call` (ECMA-262 §20.2.3.3). */
export function call(this: unknown, self?: unknown, ...values: unknown[]): unknown {
  return apply(resumable(callable(this)), self, values);
}

/** `Function.prototype.apply` (§20.2.3.1). */
export function applyMethod(this: unknown, self?: unknown, list?: unknown): unknown {
  const callee = callable(this);
  const values = list === undefined || list === null ? [] : valuesOf(list);
  return apply(resumable(callee), self, values);
}

/** `Function.prototype.bind` (§20.2.3.2). */
export function bind(this: unknown, ...values: unknown[]): unknown {
  return callNative(nativeBind, resumable(callable(this)), values);
}

/** `Reflect.apply` (§28.1.1). */
export function reflectApply(callee?: unknown, self?: unknown, list?: unknown): unknown {
  callable(callee);
  const values = valuesOf(list);
  return apply(resumable(callee), self, values);
}

/** `Reflect.construct` (§28.1.2). */
export function reflectConstruct(callee?: unknown, list?: unknown, ...target: unknown[]): unknown {
  const newTarget = target.length > 0 ? target[0] : callee;
  if (!isConstructor(callee)) throw new TypeError(`${describe(callee)} is not a constructor`);
  if (!isConstructor(newTarget)) throw new TypeError(`${describe(newTarget)} is not a constructor`);
  const values = valuesOf(list);
  return constructAs(callee, values, newTarget);
}

/** `Reflect.get` (§28.1.5). */
export function reflectGet(object?: unknown, key?: unknown, ...receiver: unknown[]): unknown {
  const owner = checkedTarget(object);
  const name = toKey(key);
  return getVia(owner, name, receiver.length > 0 ? receiver[0] : owner);
}

/** `Reflect.set` (§28.1.12): true unless the property can't be set. */
export function reflectSet(object?: unknown, key?: unknown, value?: unknown, ...receiver: unknown[]): boolean {
  const owner = checkedTarget(object);
  const name = toKey(key);
  const outcome = { done: false };
  setVia(outcome, owner, name, value, receiver.length > 0 ? receiver[0] : owner);
  return outcome.done;
}

function checkedTarget(object: unknown): Indexed {
  if (isObject(object)) return object;
  throw new TypeError(`Reflect method called on ${describe(object)}`);
}

/** CreateListFromArrayLike (§7.3.18). */
function valuesOf(list: unknown): unknown[] {
  if (!isObject(list)) throw new TypeError("CreateListFromArrayLike called on non-object");
  const length = lengthOf(list);
  const values: unknown[] = [];
  for (let k = 0; k < length; k++) {
    const item = get(list, k);
    defineItem(values, k, item);
  }
  return values;
}
