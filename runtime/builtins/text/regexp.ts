import { apply, construct } from "../calls.ts";
import { requireObject, type Indexed } from "../check.ts";
import { lengthOf, toInteger, toLength, toNumber, toText } from "../coerce.ts";
import { defineItem } from "../define.ts";
import { indexOf, is, max, min, slice } from "../natives.ts";
import { speciesConstructor } from "../species.ts";
import { get, getFlags, set } from "../through.ts";
import { advance, execute } from "./execute.ts";
import { stringIterator } from "./string-iterator.ts";
import { substitute } from "./substitute.ts";

// The methods behind String's replace, match, search and split. What a program can put in their way: an `exec` of its
// own, accessors for `flags` and `lastIndex`, a match object with accessors, and the function that makes the replacement.

function flagsOf(expression: Indexed): string {
  return toText(getFlags(expression));
}

const isGlobal = (flags: string): boolean => indexOf(flags, "g", 0) !== -1;
const isUnicode = (flags: string): boolean => indexOf(flags, "u", 0) !== -1 || indexOf(flags, "v", 0) !== -1;

/** Steps over an empty match, so that a global search ends. */
function stepOver(expression: Indexed, text: string, unicode: boolean): void {
  const lastIndex = get(expression, "lastIndex");
  const index = toLength(lastIndex);
  set(expression, "lastIndex", advance(text, index, unicode));
}

/** `RegExp.prototype[Symbol.match]` (§22.2.6.8). */
export function match(this: unknown, input?: unknown): unknown {
  const expression = requireObject(this, "RegExp.prototype.@@match: the receiver");
  const text = toText(input);
  const flags = flagsOf(expression);
  if (!isGlobal(flags)) return execute(expression, text);
  const unicode = isUnicode(flags);
  set(expression, "lastIndex", 0);
  const matches: string[] = [];
  for (;;) {
    const result = execute(expression, text);
    if (result === null) return matches.length === 0 ? null : matches;
    const matched = toText(get(result, 0));
    defineItem(matches, matches.length, matched);
    if (matched === "") stepOver(expression, text, unicode);
  }
}

/** `RegExp.prototype[Symbol.matchAll]` (§22.2.6.9). */
export function matchAll(this: unknown, input?: unknown): unknown {
  const expression = requireObject(this, "RegExp.prototype.@@matchAll: the receiver");
  const text = toText(input);
  const constructor = speciesConstructor(expression, RegExp);
  const flags = flagsOf(expression);
  const matcher = construct(constructor, [expression, flags]) as Indexed;
  const lastIndex = toLength(get(expression, "lastIndex"));
  set(matcher, "lastIndex", lastIndex);
  return stringIterator({ matcher, text, global: isGlobal(flags), unicode: isUnicode(flags), done: false }, flags);
}

/** `RegExp.prototype[Symbol.search]` (§22.2.6.12). */
export function search(this: unknown, input?: unknown): unknown {
  const expression = requireObject(this, "RegExp.prototype.@@search: the receiver");
  const text = toText(input);
  const previous = get(expression, "lastIndex");
  if (!is(previous, 0)) set(expression, "lastIndex", 0);
  const result = execute(expression, text);
  const current = get(expression, "lastIndex");
  if (!is(current, previous)) set(expression, "lastIndex", previous);
  return result === null ? -1 : get(result, "index");
}

/** `RegExp.prototype[Symbol.split]` (§22.2.6.14). */
export function split(this: unknown, input?: unknown, limit?: unknown): unknown {
  const expression = requireObject(this, "RegExp.prototype.@@split: the receiver");
  const text = toText(input);
  const constructor = speciesConstructor(expression, RegExp);
  const flags = flagsOf(expression);
  const sticky = indexOf(flags, "y", 0) === -1 ? `${flags}y` : flags;
  const splitter = construct(constructor, [expression, sticky]) as Indexed;
  const most = limit === undefined ? 2 ** 32 - 1 : toNumber(limit) >>> 0;
  if (most === 0) return [];
  if (text === "") {
    const result = execute(splitter, text);
    return result === null ? [text] : [];
  }
  return pieces(splitter, text, isUnicode(flags), most);
}

function pieces(splitter: Indexed, text: string, unicode: boolean, most: number): unknown[] {
  const result: unknown[] = [];
  let start = 0;
  for (let at = 0; at < text.length;) {
    set(splitter, "lastIndex", at);
    const found = execute(splitter, text);
    const end = found === null ? start : endOf(splitter, text);
    if (found === null || end === start) {
      at = advance(text, at, unicode);
      continue;
    }
    defineItem(result, result.length, slice(text, start, at));
    if (result.length === most) return result;
    start = at = end;
    if (appendCaptures(result, found, most)) return result;
  }
  defineItem(result, result.length, slice(text, start, text.length));
  return result;
}

function endOf(splitter: Indexed, text: string): number {
  const end = toLength(get(splitter, "lastIndex"));
  return end < text.length ? end : text.length;
}

/** Adds what the groups captured; true when there is room for nothing more. */
function appendCaptures(result: unknown[], found: Indexed, most: number): boolean {
  const length = lengthOf(found);
  for (let k = 1; k < length; k++) {
    const capture = get(found, k);
    defineItem(result, result.length, capture);
    if (result.length === most) return true;
  }
  return false;
}

/** `RegExp.prototype[Symbol.replace]` (§22.2.6.11): all matches first, then their replacements. */
export function replace(this: unknown, input?: unknown, replacement?: unknown): unknown {
  const expression = requireObject(this, "RegExp.prototype.@@replace: the receiver");
  const text = toText(input);
  const template = typeof replacement === "function" ? replacement : toText(replacement);
  const flags = flagsOf(expression);
  const results = isGlobal(flags) ? allMatches(expression, text, isUnicode(flags)) : firstMatch(expression, text);
  let result = "";
  let end = 0;
  for (let k = 0; k < results.length; k++) {
    const found = results[k]!;
    const length = lengthOf(found);
    const matched = toText(get(found, 0));
    const position = positionIn(get(found, "index"), text);
    const captures = capturesOf(found, length);
    const insert = insertFor(found, matched, text, position, captures, template);
    if (position >= end) {
      result += slice(text, end, position) + insert;
      end = position + matched.length;
    }
  }
  return end >= text.length ? result : result + slice(text, end, text.length);
}

function firstMatch(expression: Indexed, text: string): Indexed[] {
  const result = execute(expression, text);
  return result === null ? [] : [result];
}

function allMatches(expression: Indexed, text: string, unicode: boolean): Indexed[] {
  const results: Indexed[] = [];
  set(expression, "lastIndex", 0);
  for (;;) {
    const result = execute(expression, text);
    if (result === null) return results;
    defineItem(results, results.length, result);
    const matched = toText(get(result, 0));
    if (matched === "") stepOver(expression, text, unicode);
  }
}

function capturesOf(found: Indexed, length: number): unknown[] {
  const captures: unknown[] = [];
  for (let k = 1; k < length; k++) {
    const capture = get(found, k);
    defineItem(captures, k - 1, capture === undefined ? undefined : toText(capture));
  }
  return captures;
}

/** What takes the place of one match. */
function insertFor(
  found: Indexed,
  matched: string,
  text: string,
  position: number,
  captures: unknown[],
  template: unknown,
): string {
  const groups = get(found, "groups");
  if (typeof template !== "function") {
    if (groups === null) throw new TypeError("Cannot convert null to an object");
    return substitute(matched, text, position, captures, groups, template as string);
  }
  const values: unknown[] = [];
  defineItem(values, 0, matched);
  for (let k = 0; k < captures.length; k++) defineItem(values, k + 1, captures[k]);
  defineItem(values, values.length, position);
  defineItem(values, values.length, text);
  if (groups !== undefined) defineItem(values, values.length, groups);
  return toText(apply(template, undefined, values));
}

/** A match's position, inside the text. */
function positionIn(value: unknown, text: string): number {
  const position = toInteger(value);
  return max(min(position, text.length), 0);
}
