import { apply } from "../calls.ts";
import { callable, type Callback } from "../check.ts";
import { callNative } from "../natives.ts";

// The iterators of Map and Set are live, as `forEach` is: what is added in between is visited, what is deleted is not.

type Next = (this: unknown) => IteratorResult<unknown>;

const mapEntries = Map.prototype.entries;
const setValues = Set.prototype.values;
const nextEntry = nextOf(new Map().entries());
const nextValue = nextOf(new Set().values());

/** The `next` that all iterators of one kind inherit. */
function nextOf(iterator: object): Next {
  return Reflect.get(Reflect.getPrototypeOf(iterator)!, "next") as Next;
}

/** `Map.prototype.forEach` (ECMA-262 §24.1.3.5). */
export function mapForEach(this: unknown, callback?: unknown, thisArg?: unknown): void {
  const entries = callNative(mapEntries, this, []);
  const visit = callable(callback);
  visitEntries(this, entries, visit, thisArg);
}

function visitEntries(map: unknown, entries: unknown, visit: Callback, thisArg: unknown): void {
  for (;;) {
    const { done, value } = callNative(nextEntry, entries, []) as IteratorResult<unknown>;
    if (done) return;
    const entry = value as [unknown, unknown];
    apply(visit, thisArg, [entry[1], entry[0], map]);
  }
}

/** `Set.prototype.forEach` (§24.2.4.7). */
export function setForEach(this: unknown, callback?: unknown, thisArg?: unknown): void {
  const values = callNative(setValues, this, []);
  const visit = callable(callback);
  for (;;) {
    const { done, value } = callNative(nextValue, values, []) as IteratorResult<unknown>;
    if (done) return;
    apply(visit, thisArg, [value, value, this]);
  }
}
