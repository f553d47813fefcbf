import { apply } from "../calls.ts";
import { callable } from "../check.ts";
import { toKey } from "../coerce.ts";
import { define, defineItem } from "../define.ts";
import { closeQuietly, iterate, step } from "../iterate.ts";
import { callNative } from "../natives.ts";

const { get: getGroup, set: setGroup, forEach } = Map.prototype;

/** `Map.groupBy` (ECMA-262 §24.1.2.1). */
export function mapGroupBy(items?: unknown, callback?: unknown): unknown {
  return groups(items, callback, (key) => key);
}

/** `Object.groupBy` (§20.1.2.13): on an object without a prototype. */
export function objectGroupBy(items?: unknown, callback?: unknown): unknown {
  const byKey = groups(items, callback, toKey);
  const object = Object.create(null) as Record<PropertyKey, unknown>;
  callNative(forEach, byKey, [(group: unknown, key: unknown) => define(object, key as PropertyKey, group)]);
  return object;
}

/** GroupBy (§7.3.35): the groups in the order in which their keys came up. */
function groups(items: unknown, callback: unknown, keyOf: (value: unknown) => unknown): Map<unknown, unknown[]> {
  if (items === undefined || items === null) throw new TypeError(`${items} is not iterable`);
  const classify = callable(callback);
  const found = new Map<unknown, unknown[]>();
  const iteration = iterate(items);
  try {
    for (let k = 0; ; k++) {
      const item = step(iteration);
      if (iteration.done) return found;
      const answer = apply(classify, undefined, [item, k]);
      const key = keyOf(answer);
      addToGroup(found, key, item);
    }
  } finally {
    if (!iteration.done) closeQuietly(iteration);
  }
}

function addToGroup(groups: Map<unknown, unknown[]>, key: unknown, item: unknown): void {
  const group = callNative(getGroup, groups, [key]) as unknown[] | undefined;
  if (group === undefined) callNative(setGroup, groups, [key, [item]]);
  else defineItem(group, group.length, item);
}
