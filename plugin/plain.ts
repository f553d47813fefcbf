/**
 * plain — the built-in functions that never lead to a switch, by the name a program calls them with.
 *
 * A name counts only while it means the global: the caller checks that no variable of the file shadows it. Functions that call back
 * (`Array.from`, `JSON.parse`, …) are missing on purpose. What a user's `toString` or getter does below one of these is a foreign frame.
 */
import type { Expression, Node } from "@babel/types";

const CALLS = new Set(
  (
    "Array BigInt Boolean Date Error EvalError Number Object RangeError ReferenceError RegExp String Symbol SyntaxError TypeError URIError " +
    "decodeURI decodeURIComponent encodeURI encodeURIComponent escape unescape isFinite isNaN parseFloat parseInt require"
  ).split(" "),
);

const CONSTRUCTORS = new Set(
  (
    "Array ArrayBuffer Boolean DataView Date Error EvalError Number Object RangeError ReferenceError RegExp SharedArrayBuffer String SyntaxError " +
    "TypeError URIError WeakRef"
  ).split(" "),
);

/** Constructors that read an iterable when they are given one. */
const COLLECTIONS = new Set(
  (
    "Map Set WeakMap WeakSet Float32Array Float64Array Int8Array Int16Array Int32Array Uint8Array Uint8ClampedArray Uint16Array Uint32Array " +
    "BigInt64Array BigUint64Array AggregateError"
  ).split(" "),
);

const METHODS: Record<string, Set<string>> = {
  Array: new Set(["isArray", "of"]),
  BigInt: new Set(["asIntN", "asUintN"]),
  Date: new Set(["now", "parse", "UTC"]),
  Number: new Set("isFinite isInteger isNaN isSafeInteger parseFloat parseInt".split(" ")),
  Object: new Set(
    (
      "create defineProperties defineProperty freeze getOwnPropertyDescriptor getOwnPropertyDescriptors getOwnPropertyNames getOwnPropertySymbols " +
      "getPrototypeOf hasOwn is isExtensible isFrozen isSealed keys preventExtensions seal setPrototypeOf"
    ).split(" "),
  ),
  Promise: new Set(["resolve", "reject", "withResolvers"]),
  Reflect: new Set([
    "defineProperty",
    "deleteProperty",
    "getOwnPropertyDescriptor",
    "getPrototypeOf",
    "has",
    "isExtensible",
    "ownKeys",
    "preventExtensions",
    "setPrototypeOf",
  ]),
  String: new Set(["fromCharCode", "fromCodePoint"]),
  Symbol: new Set(["for", "keyFor"]),
  console: new Set("assert count debug dir error group groupEnd info log table time timeEnd trace warn".split(" ")),
  performance: new Set(["now"]),
};

/** Built-in classes that a `super()` calls without any switch. */
export const isPlainConstructor = (name: string): boolean => CONSTRUCTORS.has(name);

/** True for a call or `new` of a built-in function that never leads to a switch. */
export function isPlainBuiltin(
  call: Extract<Node, { type: "CallExpression" | "NewExpression" | "OptionalCallExpression" }>,
  isGlobal: (name: Node) => boolean,
): boolean {
  const callee = call.callee as Expression;
  if (callee.type === "Identifier") {
    if (!isGlobal(callee)) return false;
    if (call.type !== "NewExpression") return CALLS.has(callee.name);
    return CONSTRUCTORS.has(callee.name) || (COLLECTIONS.has(callee.name) && call.arguments.length === 0);
  }
  if (
    call.type === "NewExpression" ||
    callee.type !== "MemberExpression" ||
    callee.property.type !== "Identifier" ||
    callee.computed
  )
    return false;
  if (callee.object.type !== "Identifier" || !isGlobal(callee.object)) return false;
  if (callee.object.name === "Math") return true;
  return METHODS[callee.object.name]?.has(callee.property.name) ?? false;
}
