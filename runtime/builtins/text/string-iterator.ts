import { isObject, type Indexed } from "../check.ts";
import { toLength, toText } from "../coerce.ts";
import { get, set } from "../through.ts";
import { advance, execute } from "./execute.ts";
import { callNative } from "../natives.ts";

/** A search by `matchAll` in progress. */
export interface Matching {
  readonly matcher: Indexed;
  readonly text: string;
  readonly global: boolean;
  readonly unicode: boolean;
  done: boolean;
}

const nativePrototype = Reflect.getPrototypeOf("".matchAll(/./g)) as object;
const { next: nativeNext } = nativePrototype as { next: () => unknown };

/** The searches behind the iterators that were made here. */
const matchings = new WeakMap<object, Matching>();

/** `%RegExpStringIteratorPrototype%` with a `next` that can be suspended; anybody else's iterators are left to the host. */
const prototype = Object.create(nativePrototype, {
  next: { value: next, writable: true, configurable: true },
}) as object;

/** CreateRegExpStringIterator (ECMA-262 §22.2.9.1). */
export function stringIterator(matching: Matching): object {
  const iterator = Object.create(prototype) as object;
  matchings.set(iterator, matching);
  return iterator;
}

/** `%RegExpStringIteratorPrototype%.next` (§22.2.9.2.1). */
function next(this: unknown): unknown {
  const matching = isObject(this) ? matchings.get(this) : undefined;
  if (matching === undefined) return callNative(nativeNext, this, []);
  if (matching.done) return { value: undefined, done: true };
  // Also when the search fails with an error.
  matching.done = true;
  const found = execute(matching.matcher, matching.text);
  if (found === null) return { value: undefined, done: true };
  if (matching.global) prepareNext(matching, toText(get(found, 0)));
  matching.done = !matching.global;
  return { value: found, done: false };
}

function prepareNext(matching: Matching, matched: string): void {
  if (matched !== "") return;
  const { matcher, text, unicode } = matching;
  const index = toLength(get(matcher, "lastIndex"));
  set(matcher, "lastIndex", advance(text, index, unicode));
}
