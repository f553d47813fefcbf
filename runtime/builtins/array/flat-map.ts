import { apply } from "../calls.ts";
import { callable, toObject, type Indexed } from "../check.ts";
import { lengthOf } from "../coerce.ts";
import { add } from "../define.ts";
import { isArray } from "../natives.ts";
import { constructorOf, createLike, speciesOf } from "../species.ts";
import { get } from "../through.ts";

/** `Array.prototype.flatMap` (ECMA-262 §23.1.3.14). */
export function flatMap(this: unknown, callback?: unknown, thisArg?: unknown): unknown {
  const list = toObject(this);
  const length = lengthOf(list);
  const visit = callable(callback);
  const constructor = constructorOf(list);
  const species = speciesOf(constructor);
  const isOurs = species === undefined;
  const result = createLike(species, 0);
  let count = 0;
  for (let k = 0; k < length; k++) {
    if (k in list) {
      const item = get(list, k);
      const value = apply(visit, thisArg, [item, k, list]);
      if (isArray(value)) count = append(result, count, value as never, isOurs);
      else add(result, count++, value, isOurs);
    }
  }
  return result;
}

/** The items that are there, one level of FlattenIntoArray (§23.1.3.13.1); returns the new count. */
function append(result: Indexed, start: number, items: Indexed, isOurs: boolean): number {
  let count = start;
  const length = lengthOf(items);
  for (let k = 0; k < length; k++) {
    if (k in items) {
      const item = get(items, k);
      add(result, count++, item, isOurs);
    }
  }
  return count;
}
