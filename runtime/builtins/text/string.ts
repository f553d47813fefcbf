import { apply } from "../calls.ts";
import { isObject } from "../../core/object.ts";
import { requireCoercible } from "../check.ts";
import { methodOf, toNumber, toText } from "../coerce.ts";
import { defineItem } from "../define.ts";
import { callNative, indexOf, max, min, slice } from "../natives.ts";
import { resumable } from "../registry.ts";
import { get, getFlags } from "../through.ts";
import { substitute } from "./substitute.ts";

// Methods of String.prototype that hand over to a method of their argument, or call a function with each match.

/** The argument's own method, undefined when the string does the work itself. */
function ownMethod(argument: unknown, key: symbol): unknown {
  return argument === undefined || argument === null || !isDelegate(argument) ? undefined : methodOf(argument, key);
}

/** Primitives have no say: looking at `String.prototype[Symbol.replace]` was given up in 2025, where hosts followed. */
const asksPrimitives = primitivesAreAsked();
const isDelegate = (argument: unknown): boolean => asksPrimitives || isObject(argument);

/** Whether this host still looks for `Symbol.replace` on a primitive argument. */
function primitivesAreAsked(): boolean {
  let asked = false;
  const argument = Object(0n) as object;
  const prototype = Reflect.getPrototypeOf(argument)!;
  Reflect.defineProperty(prototype, Symbol.replace, {
    configurable: true,
    get: () => void (asked = true),
  });
  try {
    "".replace(0n as never, "");
  } finally {
    Reflect.deleteProperty(prototype, Symbol.replace);
  }
  return asked;
}

/** `String.prototype.replace` (ECMA-262 §22.1.3.19). */
export function replace(this: unknown, pattern?: unknown, replacement?: unknown): unknown {
  requireCoercible(this, "String.prototype.replace");
  const method = ownMethod(pattern, Symbol.replace);
  if (method !== undefined) return apply(resumable(method), pattern, [this, replacement]);
  const text = toText(this);
  const part = toText(pattern);
  const template = typeof replacement === "function" ? replacement : toText(replacement);
  const position = indexOf(text, part, 0);
  return position === -1 ? text : spliced(text, part, [position], template);
}

/** `String.prototype.replaceAll` (§22.1.3.20). @throws TypeError for a regular expression without the flag g */
export function replaceAll(this: unknown, pattern?: unknown, replacement?: unknown): unknown {
  requireCoercible(this, "String.prototype.replaceAll");
  if (pattern !== undefined && pattern !== null) requireGlobal(pattern, "replaceAll");
  const method = ownMethod(pattern, Symbol.replace);
  if (method !== undefined) return apply(resumable(method), pattern, [this, replacement]);
  const text = toText(this);
  const part = toText(pattern);
  const template = typeof replacement === "function" ? replacement : toText(replacement);
  return spliced(text, part, positionsOf(text, part), template);
}

function requireGlobal(pattern: unknown, method: string): void {
  if (!isDelegate(pattern) || !isRegExp(pattern)) return;
  const flags = getFlags(pattern);
  requireCoercible(flags, "String.prototype.replaceAll");
  const text = toText(flags);
  if (indexOf(text, "g", 0) === -1) throw new TypeError(`${method} must be called with a global RegExp`);
}

const { source: sourceGetter } = Object.getOwnPropertyDescriptors(RegExp.prototype);

/** IsRegExp (§7.2.6). */
function isRegExp(value: unknown): boolean {
  if (!isObject(value)) return false;
  const matcher = get(value, Symbol.match);
  return matcher === undefined ? hasMatcher(value) : Boolean(matcher);
}

/** [[RegExpMatcher]]: the getter of `source` insists on it, but for the prototype itself. */
function hasMatcher(value: unknown): boolean {
  if (value === RegExp.prototype) return false;
  try {
    callNative(sourceGetter.get!, value, []);
    return true;
  } catch {
    return false;
  }
}

/** Where `part` occurs, without overlap. */
function positionsOf(text: string, part: string): number[] {
  const positions: number[] = [];
  const advance = max(1, part.length);
  for (
    let at = indexOf(text, part, 0);
    at !== -1;
    at = at + advance > text.length ? -1 : indexOf(text, part, at + advance)
  ) {
    defineItem(positions, positions.length, at);
  }
  return positions;
}

/** `text` with `part` replaced at each of the positions, by a template or by what a function answers. */
function spliced(text: string, part: string, positions: readonly number[], template: unknown): string {
  let result = "";
  let end = 0;
  for (let k = 0; k < positions.length; k++) {
    const position = positions[k]!;
    const insert =
      typeof template === "function"
        ? toText(apply(template, undefined, [part, position, text]))
        : substitute(part, text, position, [], undefined, template as string);
    result += slice(text, end, position) + insert;
    end = position + part.length;
  }
  return result + slice(text, end, text.length);
}

/** `String.prototype.split` (§22.1.3.23). */
export function split(this: unknown, separator?: unknown, limit?: unknown): unknown {
  requireCoercible(this, "String.prototype.split");
  const method = ownMethod(separator, Symbol.split);
  if (method !== undefined) return apply(resumable(method), separator, [this, limit]);
  const text = toText(this);
  const most = limit === undefined ? 2 ** 32 - 1 : toNumber(limit) >>> 0;
  const part = toText(separator);
  if (most === 0) return [];
  if (separator === undefined) return [text];
  return part === "" ? units(text, most) : pieces(text, part, most);
}

function units(text: string, most: number): string[] {
  const result: string[] = [];
  const count = min(text.length, most);
  for (let k = 0; k < count; k++) defineItem(result, k, text[k]);
  return result;
}

function pieces(text: string, part: string, most: number): string[] {
  const result: string[] = [];
  let end = 0;
  for (let at = indexOf(text, part, 0); at !== -1; at = indexOf(text, part, end)) {
    defineItem(result, result.length, slice(text, end, at));
    if (result.length === most) return result;
    end = at + part.length;
  }
  defineItem(result, result.length, slice(text, end, text.length));
  return result;
}

/** `String.prototype.match` (§22.1.3.13). */
export function match(this: unknown, pattern?: unknown): unknown {
  return viaRegExp(this, pattern, Symbol.match, undefined);
}

/** `String.prototype.search` (§22.1.3.21). */
export function search(this: unknown, pattern?: unknown): unknown {
  return viaRegExp(this, pattern, Symbol.search, undefined);
}

/** `String.prototype.matchAll` (§22.1.3.14). @throws TypeError for a regular expression without the flag g */
export function matchAll(this: unknown, pattern?: unknown): unknown {
  requireCoercible(this, "String.prototype.matchAll");
  if (pattern !== undefined && pattern !== null) requireGlobal(pattern, "matchAll");
  return viaRegExp(this, pattern, Symbol.matchAll, "g");
}

/** The pattern's own method, or that of a regular expression made of it. */
function viaRegExp(self: unknown, pattern: unknown, key: symbol, flags: string | undefined): unknown {
  requireCoercible(self, `String.prototype.${key.description}`);
  const method = ownMethod(pattern, key);
  if (method !== undefined) return apply(resumable(method), pattern, [self]);
  const text = toText(self);
  const source = pattern === undefined ? undefined : toText(pattern);
  const expression = new RegExp(source as string, flags);
  return apply(resumable(get(expression, key)), expression, [text]);
}
