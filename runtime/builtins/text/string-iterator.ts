import { isObject } from "../../core/object.ts";
import type { Indexed } from "../check.ts";
import { toLength, toText } from "../coerce.ts";
import { callNative } from "../natives.ts";
import { get, set } from "../through.ts";
import { advance, execute } from "./execute.ts";

// What `matchAll` returns is a real iterator of the host, made over a stand-in that searches with the program's own
// matcher: uncompiled code drives it as any other. Compiled code finds the search again and drives that itself, so that it
// can be suspended.

/** A search by `matchAll` in progress. */
export interface Matching {
  readonly matcher: Indexed;
  readonly text: string;
  readonly global: boolean;
  readonly unicode: boolean;
  done: boolean;
}

const nativeMatchAll = RegExp.prototype[Symbol.matchAll];

/** `%RegExpStringIteratorPrototype%`. */
export const iteratorPrototype = Reflect.getPrototypeOf("".matchAll(/./g)) as { next: () => unknown };

const { next: nativeNext } = iteratorPrototype;

const matchings = new WeakMap<object, Matching>();

/** CreateRegExpStringIterator (ECMA-262 §22.2.9.1). */
export function stringIterator(matching: Matching, flags: string): object {
  const stand = standIn(matching);
  const expression = {
    constructor: {
      [Symbol.species]: class {
        constructor() {
          return stand;
        }
      },
    },
    flags,
    lastIndex: 0,
  };
  const iterator = callNative(nativeMatchAll, expression, [matching.text]) as object;
  matchings.set(iterator, matching);
  return iterator;
}

/** What the host's iterator takes for its matcher. The first index it sets is that of the expression above. */
function standIn(matching: Matching): object {
  const { matcher, text } = matching;
  let ready = false;
  return {
    exec: () => search(matching, text),
    get lastIndex(): unknown {
      return matcher["lastIndex"];
    },
    set lastIndex(index: unknown) {
      if (ready) matcher["lastIndex"] = index;
      ready = true;
    },
  };
}

function search(matching: Matching, text: string): Indexed | null {
  if (matching.done) return null;
  // Also when the search fails with an error.
  matching.done = true;
  const found = execute(matching.matcher, text);
  matching.done = found === null || !matching.global;
  return found;
}

/** `%RegExpStringIteratorPrototype%.next` (§22.2.9.2.1). */
export function next(this: unknown): unknown {
  const matching = isObject(this) ? matchings.get(this) : undefined;
  if (matching === undefined) return callNative(nativeNext, this, []);
  const found = search(matching, matching.text);
  if (found === null) return { value: undefined, done: true };
  if (matching.global) {
    const matched = toText(get(found, 0));
    if (matched === "") stepOver(matching);
  }
  return { value: found, done: false };
}

function stepOver({ matcher, text, unicode }: Matching): void {
  const index = toLength(get(matcher, "lastIndex"));
  set(matcher, "lastIndex", advance(text, index, unicode));
}
