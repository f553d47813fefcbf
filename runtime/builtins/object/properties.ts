import { toObject, type Indexed } from "../check.ts";
import { toKey } from "../coerce.ts";
import { fillPairs } from "../collection/fill.ts";
import { define, defineItem } from "../define.ts";
import { getOwnPropertyDescriptor, ownKeys } from "../natives.ts";
import { get, set } from "../through.ts";

/** `Object.entries` (ECMA-262 §20.1.2.5). */
export function entries(object?: unknown): unknown {
  return enumerable(toObject(object), (key, value) => [key, value]);
}

/** `Object.values` (§20.1.2.24). */
export function values(object?: unknown): unknown {
  return enumerable(toObject(object), (_key, value) => value);
}

/** EnumerableOwnProperties (§7.3.24): a getter may delete or hide what comes later, so each key is looked at in turn. */
function enumerable(object: Indexed, item: (key: string, value: unknown) => unknown): unknown[] {
  const keys = ownKeys(object);
  const result: unknown[] = [];
  for (let k = 0; k < keys.length; k++) {
    const key = keys[k]!;
    if (typeof key === "string" && getOwnPropertyDescriptor(object, key)?.enumerable === true) {
      const value = get(object, key);
      defineItem(result, result.length, item(key, value));
    }
  }
  return result;
}

/** `Object.assign` (§20.1.2.1): getters of the sources and setters of the target run. */
export function assign(target?: unknown, ...sources: unknown[]): unknown {
  const object = toObject(target);
  for (let k = 0; k < sources.length; k++) {
    const source = sources[k];
    if (source !== undefined && source !== null) assignFrom(object, toObject(source));
  }
  return object;
}

function assignFrom(object: Indexed, source: Indexed): void {
  const keys = ownKeys(source);
  for (let k = 0; k < keys.length; k++) {
    const key = keys[k]!;
    if (getOwnPropertyDescriptor(source, key)?.enumerable === true) {
      const value = get(source, key);
      set(object, key, value);
    }
  }
}

/** `Object.fromEntries` (§20.1.2.7). */
export function fromEntries(pairs?: unknown): unknown {
  if (pairs === undefined || pairs === null) throw new TypeError(`${pairs} is not iterable`);
  const object: Indexed = {};
  fillPairs(pairs, (key, value) => define(object, toKey(key), value));
  return object;
}
