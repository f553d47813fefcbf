// The names by which compiled code decides how to emit a call. They say nothing about what is called: that is decided
// when the call is made, by the function that is found there. The compiler imports this file; it imports nothing.

const words = (text: string): string[] => text.split(/\s+/);

/** Methods with an entry of their own: name → number of arguments → helper. */
const ENTRIES: Readonly<Record<string, Readonly<Record<number, string>>>> = {
  map: { 1: "map" },
  forEach: { 1: "forEach" },
  filter: { 1: "filter" },
  some: { 1: "some" },
  every: { 1: "every" },
  find: { 1: "find" },
  findIndex: { 1: "findIndex" },
  reduce: { 1: "reduceFirst", 2: "reduce" },
  sort: { 1: "sort" },
};

/**
 * The helper for a method call that V8 can inline: `list.map(f)` → `$.map(list, list.map, f)`.
 * @param name the method's name
 * @param count how many arguments the call has
 * @returns undefined when the call goes through `$.invoke`
 */
export function entryOf(name: string, count: number): string | undefined {
  return Object.hasOwn(ENTRIES, name) ? ENTRIES[name]?.[count] : undefined;
}

/** Method names that only one built-in function has: a comparison tells whether a method is that one. */
export const UNIQUE: ReadonlySet<string> = new Set(
  words("replace replaceAll split match matchAll search stringify fromEntries take drop toArray"),
);

/** All helpers for method calls; their first arguments are the receiver and the method. */
export const HELPERS: ReadonlySet<string> = new Set(["invoke", ...Object.values(ENTRIES).flatMap(Object.values)]);

/** Method names of built-in functions that call back: `s.replace(a, b)` → `$.invoke(s, s.replace, a, b)`. */
export const METHODS: ReadonlySet<string> = new Set(
  words(
    `map forEach filter some every find findIndex findLast findLastIndex reduce reduceRight flatMap sort toSorted
    from fromAsync toArray take drop next return throw groupBy fromEntries
    replace replaceAll split match matchAll search stringify`,
  ),
);

/** Functions of namespaces that call back, whose names are too common to look at every method of that name. */
const STATICS: Readonly<Record<string, ReadonlySet<string>>> = {
  JSON: new Set(words("parse stringify")),
  Object: new Set(words("assign entries values")),
  Promise: new Set(words("try")),
  Reflect: new Set(words("apply construct get set")),
};

/**
 * Whether a method call goes through `$.invoke`.
 * @param name the method's name
 * @param owner the name of the global that the method is read from, undefined when it is read from something else
 */
export function isResumable(name: string, owner?: string): boolean {
  if (METHODS.has(name)) return true;
  return owner !== undefined && Object.hasOwn(STATICS, owner) && STATICS[owner]!.has(name);
}

/** The same for functions that are called by a name of their own: `const { groupBy } = Map; groupBy(list, f)`. */
export const FUNCTIONS: ReadonlySet<string> = new Set(
  words("from fromAsync groupBy fromEntries entries values assign parse stringify construct"),
);

/** Methods of functions that call the function they belong to: `f.call(x, a)` → `$.resumable(f).call(x, a)`. */
export const TRANSPARENT: ReadonlySet<string> = new Set(words("call apply bind"));

/** Constructors that call back: `new Map(pairs)` → `$.construct(Map, pairs)`. */
export const CONSTRUCTORS: ReadonlySet<string> = new Set(
  words(
    `Map Set WeakMap WeakSet Promise AggregateError Int8Array Uint8Array Uint8ClampedArray Int16Array Uint16Array
    Int32Array Uint32Array Float16Array Float32Array Float64Array BigInt64Array BigUint64Array`,
  ),
);
