/**
 * foreign — what a function that is not in the project does with the functions it is given.
 *
 *   In     the symbol of a builtin, or of a dependency's function
 *   Out    Foreign: which arguments it calls before it returns, whether it switches by itself
 *   Keeps  a builtin never switches by itself; it only calls what it was given, and its declared parameters say what that is
 */
import type { Foreign } from "./fragment.ts";
import { manifestEntry, packageOf } from "./manifest.ts";
import type { Declaration, Sym, Typ, TypeOracle } from "./oracle.ts";

/** Builtins that keep the callback and let the host call it later, on the main greenlet. */
const deferred: ReadonlySet<string> = new Set([
  "setTimeout",
  "setInterval",
  "setImmediate",
  "queueMicrotask",
  "requestAnimationFrame",
  "requestIdleCallback",
  "nextTick",
  "Promise.then",
  "Promise.catch",
  "Promise.finally",
  "PromiseLike.then",
  "addEventListener",
  "EventTarget.addEventListener",
  "EventTarget.removeEventListener",
  "FinalizationRegistry",
  "FinalizationRegistryConstructor",
]);

/** Builtins for which the runtime has a version that can be suspended (design §6.1): a callback that may switch is fine there. */
const suspendable: ReadonlySet<string> = new Set(
  [
    [
      "Array ReadonlyArray",
      "map forEach filter reduce reduceRight some every find findIndex findLast findLastIndex flatMap sort toSorted",
    ],
    ["Map ReadonlyMap Set ReadonlySet", "forEach"],
    ["ArrayConstructor", "from fromAsync"],
    ["String", "replace replaceAll"],
    ["JSON", "stringify parse"],
    ["ObjectConstructor", "groupBy"],
    ["MapConstructor", "groupBy"],
    [
      "Iterator IteratorObject IteratorConstructor",
      "map filter take drop flatMap reduce toArray forEach some every find from next",
    ],
    ["Function CallableFunction NewableFunction", "call apply bind"],
  ].flatMap(([owners, names]) =>
    owners!.split(" ").flatMap((owner) => names!.split(" ").map((name) => `${owner}.${name}`)),
  ),
);

const suspendableBare: ReadonlySet<string> = new Set([
  "Promise",
  "PromiseConstructor",
  "Reflect.apply",
  "Reflect.construct",
  "apply",
  "construct",
]);

/** Builtins that run listeners before they return. */
const dispatchers: ReadonlySet<string> = new Set(["dispatchEvent", "abort", "click"]);

export const isLibrary = (file: string): boolean => /\/lib(\.[\w.]+)?\.d\.ts$/.test(file);

/** The summary of one foreign symbol. */
export function foreignOf(oracle: TypeOracle, symbol: Sym, at: Declaration & { own: false }): Foreign {
  const name = oracle.nameOf(symbol);
  const full = at.container === "" ? name : `${at.container}.${name}`;
  const library = isLibrary(at.file);
  const entry = library ? undefined : manifestEntry(packageOf(at.file), at.container, name);
  const later = entry?.keeps ?? (deferred.has(full) || deferred.has(name));
  const type = oracle.typeOf(symbol);
  const called = later || type === undefined ? [] : calledParameters(oracle, type);
  const opened = later || type === undefined || entry !== undefined ? [] : openedParameters(oracle, type);
  return {
    kind: "foreign",
    name: shownName(at.container, name),
    root: entry?.switches,
    library,
    calls: (index) => called[Math.min(index, called.length - 1)] ?? false,
    compiled: entry !== undefined,
    suspendable: later || entry !== undefined || isSuspendable(at.container, name, full, library),
    callsReceiver: library ? dispatchers.has(name) : entry === undefined,
    visits: library && isCollection(at.container) && visitors.has(name),
    returnsAny: type !== undefined && returnsAny(oracle, type),
    returnsCallable: type !== undefined && !(library && walks(at.container, name)) && returnsCallable(oracle, type),
    returnsElement: type !== undefined && returnsElement(oracle, type),
    merges: type !== undefined && merges(oracle, type),
    opens: (index) => opened[Math.min(index, opened.length - 1)],
  };
}

function isSuspendable(container: string, name: string, full: string, library: boolean): boolean {
  if (!library) return false;
  return (
    suspendable.has(full) ||
    suspendableBare.has(full) ||
    suspendableBare.has(name) ||
    /(?:Array|TypedArray)$/.test(container)
  );
}

function shownName(container: string, name: string): string {
  if (container === "") return name;
  return container.endsWith("Constructor")
    ? `${container.slice(0, -"Constructor".length)}.${name}`
    : `${container}#${name}`;
}

/** For each parameter, over all overloads: does its declared type let the function call it? The last entry also answers for rest arguments. */
function calledParameters(oracle: TypeOracle, type: Typ): boolean[] {
  const called: boolean[] = [];
  for (const signature of [...oracle.signatures(type, "call"), ...oracle.signatures(type, "construct")]) {
    const parameters = oracle.parametersOf(signature);
    parameters.forEach((parameter, index) => {
      const asked = parameter.rest ? (oracle.typeArguments(parameter.type)[0] ?? parameter.type) : parameter.type;
      called[index] ||= isCalled(oracle, asked);
    });
    const last = parameters.at(-1);
    if (last?.rest !== true) called[parameters.length] ??= false;
  }
  return Array.from(called, (value) => value === true);
}

/** A function, a constructor, `Function`, or something to iterate. A bare type parameter is only carried, never called. */
function isCalled(oracle: TypeOracle, type: Typ): boolean {
  const kind = oracle.kindOf(type);
  if (kind === "union" || kind === "intersection") return oracle.parts(type).some((part) => isCalled(oracle, part));
  if (kind === "function") return true;
  if (kind !== "object") return kind === "parameter" && constraintIsCalled(oracle, type);
  if (oracle.signatures(type, "call").length > 0 || oracle.signatures(type, "construct").length > 0) return true;
  return isIteratorLike(oracle, type);
}

function constraintIsCalled(oracle: TypeOracle, type: Typ): boolean {
  const apparent = oracle.apparent(type);
  return (
    apparent !== undefined && apparent !== type && oracle.kindOf(apparent) === "object" && isCalled(oracle, apparent)
  );
}

/** What the library calls iterators, and what may stand for one. */
export const iteratorNames: ReadonlySet<string> = new Set([
  "Iterable",
  "Iterator",
  "IterableIterator",
  "IteratorObject",
  "Generator",
  "AsyncIterable",
  "AsyncIterator",
  "AsyncGenerator",
  "ArrayIterator",
]);

export function isIteratorLike(oracle: TypeOracle, type: Typ): boolean {
  const symbol = oracle.symbolOf(type);
  return symbol !== undefined && iteratorNames.has(oracle.nameOf(symbol));
}

/** Some overload gives back `any` (`JSON.parse`) or something with `any` inside (`Object.values`, `Array(3)`). */
function returnsAny(oracle: TypeOracle, type: Typ): boolean {
  return [...oracle.signatures(type, "construct"), ...oracle.signatures(type, "call")].some((signature) => {
    const returned = oracle.returnOf(signature);
    return returned !== undefined && vagueness(oracle, returned) !== "none";
  });
}

/** How little a type says: nothing at all, nothing about what is inside, or enough. */
export function vagueness(oracle: TypeOracle, type: Typ): "all" | "inside" | "none" {
  if (oracle.kindOf(type) === "any") return "all";
  return oracle.typeArguments(type).some((argument) => vagueness(oracle, argument) !== "none") ? "inside" : "none";
}

function returnsCallable(oracle: TypeOracle, type: Typ): boolean {
  return [...oracle.signatures(type, "call"), ...oracle.signatures(type, "construct")].some((signature) => {
    const returned = oracle.returnOf(signature);
    return returned !== undefined && mayBeCallable(oracle, returned);
  });
}

/** `list.entries()`, `map.values()`: to advance such an iterator runs none of the functions inside. */
function walks(container: string, name: string): boolean {
  return isCollection(container) && (name === "entries" || name === "keys" || name === "values");
}

const isCollection = (container: string): boolean => containers.has(container) || /Array$/.test(container);

/** Methods of collections that call back with what is inside, each time anew. */
const visitors: ReadonlySet<string> = new Set(
  "map forEach filter some every find findIndex findLast findLastIndex flatMap sort toSorted".split(" "),
);

/** Whether a value of this type can be called or advanced. */
function mayBeCallable(oracle: TypeOracle, type: Typ): boolean {
  switch (oracle.kindOf(type)) {
    case "primitive":
      return false;
    case "union":
    case "intersection":
      return oracle.parts(type).some((part) => mayBeCallable(oracle, part));
    case "object":
      return oracle.signatures(type, "call").length > 0 || isIteratorLike(oracle, type);
    default:
      return true;
  }
}

/** Containers: functions are put into them and got out, but nobody calls their methods on the way. */
export const containers: ReadonlySet<string> = new Set([
  "Array",
  "ReadonlyArray",
  "Map",
  "ReadonlyMap",
  "Set",
  "ReadonlySet",
  "WeakMap",
  "WeakSet",
  "Promise",
  "PromiseLike",
  "ArrayLike",
  "RegExp",
  "Date",
  "Error",
  "Object",
  "ArrayBuffer",
  "SharedArrayBuffer",
  "ArrayBufferLike",
]);

function openedParameters(oracle: TypeOracle, type: Typ): (Typ | undefined)[] {
  const opened: (Typ | undefined)[] = [];
  for (const signature of [...oracle.signatures(type, "call"), ...oracle.signatures(type, "construct")]) {
    oracle.parametersOf(signature).forEach((parameter, index) => {
      opened[index] ??= openedType(oracle, parameter.type);
    });
  }
  return opened;
}

function openedType(oracle: TypeOracle, type: Typ): Typ | undefined {
  const kind = oracle.kindOf(type);
  if (kind === "union" || kind === "intersection")
    return oracle
      .parts(type)
      .map((part) => openedType(oracle, part))
      .find((found) => found !== undefined);
  if (kind !== "object") return undefined;
  const symbol = oracle.symbolOf(type);
  if (symbol !== undefined && containers.has(oracle.nameOf(symbol))) return undefined;
  if (isIteratorLike(oracle, type)) return undefined;
  return callableMembers(oracle, type).length > 0 ? type : undefined;
}

/** The members of an options object that are functions. Large types are classes of the library, not options. */
export function callableMembers(oracle: TypeOracle, type: Typ): Sym[] {
  const properties = oracle.properties(type);
  return properties.length > 24 ? [] : properties.filter((property) => isFunctionMember(oracle, property));
}

function isFunctionMember(oracle: TypeOracle, property: Sym): boolean {
  const type = oracle.typeOf(property);
  return type !== undefined && isFunctionType(oracle, type);
}

function isFunctionType(oracle: TypeOracle, type: Typ): boolean {
  const kind = oracle.kindOf(type);
  if (kind === "union") return oracle.parts(type).some((part) => isFunctionType(oracle, part));
  return kind === "function" || (kind === "object" && oracle.signatures(type, "call").length > 0);
}

/** `Object.assign(a, b): A & B`: the result is made of what it was given. */
function merges(oracle: TypeOracle, type: Typ): boolean {
  return oracle.signatures(type, "call").some((signature) => {
    const returned = oracle.returnOf(signature);
    return returned !== undefined && oracle.kindOf(returned) === "intersection";
  });
}

/** `get(key): V | undefined`, `pop(): T | undefined`: a bare type parameter; `this` is the receiver. */
function returnsElement(oracle: TypeOracle, type: Typ): boolean {
  const returned = oracle.signatures(type, "call").map((signature) => oracle.returnOf(signature));
  return returned.length > 0 && returned.every((one) => one !== undefined && isElement(oracle, one));
}

function isElement(oracle: TypeOracle, type: Typ): boolean {
  const kind = oracle.kindOf(type);
  if (kind === "union")
    return oracle.parts(type).every((part) => oracle.kindOf(part) === "primitive" || isElement(oracle, part));
  return kind === "parameter" && oracle.show(type) !== "this";
}
