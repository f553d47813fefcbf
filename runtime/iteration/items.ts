import { describe } from "../core/call.ts";
import { core } from "../core/core.ts";
import type { Frame } from "../core/frame.ts";
import { isObject } from "../core/object.ts";
import { version } from "../core/through.ts";
import { advance } from "./generators.ts";

const { $, swallowed } = core;
const { save, state: flag } = $;

// Iteration for compiled code, where `next` and `return` of an iterator may switch. Written by hand in the shape that the
// compiler gives its functions: the fast body, and resume bodies for the calls that may switch.

/** A loop's place in what it iterates over. */
export interface Items {
  value: unknown;
  /** True after the end, and while (or after) `next` fails: then nothing has to be closed. */
  done: boolean;
  /** Goes on to the next item; its value is in `value`. A suspension point. @returns false at the end */
  next(): unknown;
}

const arrayIterator = Array.prototype[Symbol.iterator];
const arrayIteratorPrototype = Object.getPrototypeOf([][Symbol.iterator]()) as { next: unknown };
const arrayNext = arrayIteratorPrototype.next;

/** An array whose iteration nobody changed: its items by index, as its own iterator would give them. */
class ArrayItems implements Items {
  // Declared here, made in the constructor: a field of a class would be defined twice.
  declare value: unknown;
  /** There is nothing to close. */
  declare done: boolean;
  declare private readonly list: readonly unknown[];
  declare private index: number;

  constructor(list: readonly unknown[]) {
    this.value = undefined;
    this.done = true;
    this.list = list;
    this.index = 0;
  }

  next(): boolean {
    if (this.index < this.list.length) {
      this.value = this.list[this.index++];
      return true;
    }
    this.value = undefined;
    return false;
  }
}

/** Anything else that can be iterated (ECMA-262 §7.4.1 Iterator Records). */
class IteratorItems implements Items {
  declare value: unknown;
  declare done: boolean;
  declare readonly iterator: object;
  declare private readonly step: unknown;

  constructor(iterator: object) {
    this.value = undefined;
    this.done = false;
    this.iterator = iterator;
    this.step = version((iterator as { next: unknown }).next);
  }

  next(): unknown {
    if (this.done) return false;
    this.done = true;
    const result = advance(this.step, this.iterator);
    if (flag[0] !== 0) return save(result, resumeNext, 1, this);
    return this.accept(result);
  }

  accept(result: unknown): boolean {
    if (!isObject(result)) throw new TypeError(`Iterator result ${String(result)} is not an object`);
    const { done } = result as { done: unknown };
    if (done) {
      this.value = undefined;
      return false;
    }
    this.value = (result as { value: unknown }).value;
    this.done = false;
    return true;
  }
}

function resumeNext(frame: Frame, result: unknown): unknown {
  return (frame.a as IteratorItems).accept(result);
}

/** Begins an iteration (ECMA-262 §7.4.4 GetIterator). A suspension point. @throws TypeError for what can't be iterated */
export function iterate(list: unknown): unknown {
  if (isPlainArray(list)) return new ArrayItems(list);
  const method = (list as { [Symbol.iterator]: unknown })[Symbol.iterator];
  if (typeof method !== "function") throw new TypeError(`${describe(list)} is not iterable`);
  const iterator = advance(method, list);
  if (flag[0] !== 0) return save(iterator, resumeIterate, 1);
  return begin(iterator);
}

function resumeIterate(_frame: Frame, iterator: unknown): unknown {
  return begin(iterator);
}

function begin(iterator: unknown): Items {
  if (!isObject(iterator)) throw new TypeError("Result of the Symbol.iterator method is not an object");
  return new IteratorItems(iterator);
}

/**
 * Ends an iteration early (ECMA-262 §7.4.11 IteratorClose). A suspension point.
 * @param thrown true when an error ends it: then nothing that happens here takes its place
 */
export function close(items: Items, thrown: boolean): unknown {
  items.done = true;
  if (!(items instanceof IteratorItems)) return undefined;
  if (thrown) return closeQuietly(items.iterator);
  const method = (items.iterator as { return?: unknown }).return;
  if (method === undefined || method === null) return undefined;
  const result = advance(version(method), items.iterator);
  if (flag[0] !== 0) return save(result, resumeClose, 1);
  return closed(result);
}

function closed(result: unknown): undefined {
  if (!isObject(result)) throw new TypeError(`${String(result)} is not an object`);
  return undefined;
}

function resumeClose(_frame: Frame, result: unknown): unknown {
  return closed(result);
}

function closeQuietly(iterator: object): unknown {
  try {
    const method = (iterator as { return?: unknown }).return;
    if (method === undefined || method === null) return undefined;
    const result = advance(method, iterator);
    if (flag[0] !== 0) return save(result, resumeQuietly, -1);
  } catch {
    if (flag[0] !== 0) throw swallowed();
  }
  return undefined;
}

function resumeQuietly(): undefined {
  return undefined;
}

/** Everything that is left, as an array. A suspension point. */
export function remaining(items: Items): unknown {
  return collect(items, []);
}

function collect(items: Items, list: unknown[]): unknown {
  for (;;) {
    const more = items.next();
    if (flag[0] !== 0) return save(more, resumeCollect, 1, items, list);
    if (!more) return list;
    list.push(items.value);
  }
}

function resumeCollect(frame: Frame, more: unknown): unknown {
  const items = frame.a as Items;
  const list = frame.b as unknown[];
  if (!more) return list;
  list.push(items.value);
  return collect(items, list);
}

/** An array whose own iteration gives just its elements. */
function isPlainArray(value: unknown): value is unknown[] {
  return Array.isArray(value) && value[Symbol.iterator] === arrayIterator && arrayIteratorPrototype.next === arrayNext;
}

/** True where a native loop over a value can't lead to a switch: its iterator is the engine's own. */
export function isPlainIterable(value: unknown): boolean {
  return isPlainArray(value) || (typeof value === "string" && String.prototype[Symbol.iterator] === stringIterator);
}

const stringIterator = String.prototype[Symbol.iterator];

/** What `...value` stands for, as something that a native spread reads without switching. A suspension point. */
export function list(value: unknown): unknown {
  if (isPlainArray(value)) return value;
  const items = iterate(value);
  if (flag[0] !== 0) return save(items, resumeList, 1);
  return remaining(items as Items);
}

function resumeList(_frame: Frame, items: unknown): unknown {
  return remaining(items as Items);
}

/**
 * What an array pattern of `count` names takes from a value, as something that a native pattern reads without switching.
 * A suspension point.
 */
export function take(value: unknown, count: number): unknown {
  if (isPlainArray(value)) return value;
  const items = iterate(value);
  if (flag[0] !== 0) return save(items, resumeTake, 1, count);
  return taken(items as Items, count);
}

function resumeTake(frame: Frame, items: unknown): unknown {
  return taken(items as Items, frame.a as number);
}

function taken(items: Items, count: number): unknown {
  return count === Infinity ? remaining(items) : some(items, count, []);
}

function some(items: Items, count: number, list: unknown[]): unknown {
  while (list.length < count) {
    const more = items.next();
    if (flag[0] !== 0) return save(more, resumeSome, 1, items, count, list);
    list.push(items.value);
  }
  return closedList(items, list);
}

function resumeSome(frame: Frame): unknown {
  const items = frame.a as Items;
  const list = frame.c as unknown[];
  list.push(items.value);
  return some(items, frame.b as number, list);
}

function closedList(items: Items, list: unknown[]): unknown {
  if (items.done) return list;
  const result = close(items, false);
  if (flag[0] !== 0) return save(result, resumeClosedList, 1, list);
  return list;
}

function resumeClosedList(frame: Frame): unknown {
  return frame.a;
}
