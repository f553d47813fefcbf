import { apply, construct } from "../calls.ts";
import { isObject } from "../../core/object.ts";
import { callable, describe, type Callback, type Indexed } from "../check.ts";
import { closeQuietly, iterate, step } from "../iterate.ts";
import { get } from "../through.ts";
import { type ConstructorVersion } from "../registry.ts";

// Map, Set, WeakMap and WeakSet from an iterable that may switch: an empty collection, filled through its own `set` or
// `add`, as the specification does it.

/** Map and WeakMap (ECMA-262 §24.1.1.1, §24.3.1.1). */
export function mapConstructor(native: unknown): ConstructorVersion {
  return (values, newTarget) => {
    const map = construct(native, [], newTarget);
    const pairs = values[0];
    if (pairs !== undefined && pairs !== null) fillMap(map, pairs);
    return map;
  };
}

function fillMap(map: unknown, pairs: unknown): void {
  const adder = callable(get(map, "set"));
  fillPairs(pairs, (key, value) => apply(adder, map, [key, value]));
}

/** AddEntriesFromIterable (§24.1.1.2). */
export function fillPairs(pairs: unknown, add: Callback): void {
  const iteration = iterate(pairs);
  try {
    for (;;) {
      const pair = step(iteration);
      if (iteration.done) return;
      addPair(pair, add);
    }
  } finally {
    if (!iteration.done) closeQuietly(iteration);
  }
}

function addPair(pair: unknown, add: Callback): void {
  if (!isObject(pair)) throw new TypeError(`Iterator value ${describe(pair)} is not an entry object`);
  const key = get(pair, 0);
  const value = get(pair, 1);
  add(key, value);
}

/** Set and WeakSet (§24.2.2.1, §24.4.1.1). */
export function setConstructor(native: unknown): ConstructorVersion {
  return (values, newTarget) => {
    const set = construct(native, [], newTarget) as Indexed;
    const items = values[0];
    if (items !== undefined && items !== null) fillSet(set, items);
    return set;
  };
}

function fillSet(set: Indexed, items: unknown): void {
  const adder = callable(get(set, "add"));
  const iteration = iterate(items);
  try {
    for (;;) {
      const item = step(iteration);
      if (iteration.done) return;
      apply(adder, set, [item]);
    }
  } finally {
    if (!iteration.done) closeQuietly(iteration);
  }
}
