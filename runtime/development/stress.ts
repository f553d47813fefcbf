import type { Versions } from "../builtins/index.ts";
import { callWith, describe } from "../core/call.ts";
import { core } from "../core/core.ts";
import { apply, defineProperty } from "../core/natives.ts";
import { version } from "../core/through.ts";
import { calledByPackage } from "./callers.ts";
import { develop } from "./develop.ts";
import { noteHere } from "./stack.ts";
import { beginsWithMark } from "./mark.ts";
import { Memory } from "./natives.ts";
import { isConstructor } from "../core/constructor.ts";

const { $, foreignFrame, Greenlet, state } = core;
const { S, state: flag } = $;

// Stress and development builds call through these helpers. Compiled code marks each call it makes, and a function
// entered without the mark knows that a foreign frame is below it.

/** Whether a function was compiled in such a build: its text says so. Remembered, because the text is long. */
const compiled = new Memory<boolean>();

function isCompiled(callee: Function): boolean {
  let known = compiled.get(callee);
  if (known === undefined) {
    known = beginsWithMark(apply(toText, callee, []) as string);
    compiled.set(callee, known);
  }
  return known;
}

/** Last argument of a marked `super(…)`, spread: says that the parent's constructor is called by compiled code. @returns nothing to spread */
export function entering(foreign: boolean, cls: object): [] {
  mark(foreign, Object.getPrototypeOf(cls));
  return [];
}

/** Forgets the mark: what is called next is called by code that can't be suspended. */
export function unmark(): void {
  state.turn.calling = false;
}

const { apply: applyMethod, bind: bindMethod, call: callMethod, toString: toText } = Function.prototype;

/** A bound function says nothing about what it is bound to: remembered when compiled code binds one. @returns `value` */
function noteBound(callee: unknown, self: unknown, value: unknown): unknown {
  if (callee === bindMethod && typeof value === "function") compiled.set(value, isCompiled(self as Function));
  return value;
}

/** The function that a call really enters: `f.call(…)`, `f.apply(…)` and `Reflect.apply(f, …)` enter `f`. */
function entered(callee: unknown, self: unknown, values: readonly unknown[]): unknown {
  if (callee === callMethod || callee === applyMethod) return self;
  return callee === apply ? values[0] : callee;
}

function mark(foreign: boolean, callee: unknown): void {
  state.turn.calling = typeof callee === "function" && isCompiled(callee);
  state.below = foreign;
}

/** At the entry of a function: takes the mark. @returns true when a foreign frame is below */
export function enter(): boolean {
  const { calling } = state.turn;
  state.turn.calling = false;
  const direct = typeof calling === "function" ? isCompiled(calling) : calling;
  return !direct || state.below;
}

/** `value` is returned at once, or, where a switch is possible, only after a real suspension. */
function bounce(foreign: boolean, value: unknown): unknown {
  state.turn.calling = false;
  state.below = foreign;
  const canSwitch = !foreign && flag[0] === 0 && state.barrier === null && state.turn.current !== state.main;
  if (!canSwitch || state.tracer !== null) return value;
  state.turn.target = state.turn.current;
  state.turn.value = value;
  flag[0] = 1;
  return S;
}

/** A call in a stress build: the real one, then a switch of the current greenlet to itself with the result. */
export function stress(foreign: boolean, self: unknown, callee: unknown, ...values: unknown[]): unknown {
  const actual = version(callee);
  mark(foreign, entered(actual, self, values));
  return bounce(foreign, noteBound(callee, self, callWith(actual, self, values)));
}

/** The value of a runtime function (an iteration's `next`, say) or of `super()` in a stress build. */
export function stressValue(foreign: boolean, value: unknown): unknown {
  return bounce(foreign, value);
}

/** Says that the accessor about to run, if there is one, is called by compiled code. */
export function passing(foreign: boolean): boolean {
  state.turn.calling = true;
  state.below = foreign;
  return foreign;
}

/** Says that what runtime functions call now is as deep as the code that calls them. */
export function beneath(foreign: boolean): boolean {
  state.below = foreign;
  return foreign;
}

/** `new callee(…)` in a stress build. */
export function stressNew(foreign: boolean, callee: unknown, ...values: unknown[]): unknown {
  mark(foreign, callee);
  return bounce(foreign, make(callee, values));
}

/** A call in a development build: a switch below a foreign frame is refused before that frame can go on. */
export function dev(foreign: boolean, self: unknown, callee: unknown, ...values: unknown[]): unknown {
  develop();
  const actual = version(callee);
  const target = entered(actual, self, values);
  if (foreign && isSwitch(target) && state.turn.current !== state.main && !calledByPackage()) throw foreignFrame();
  mark(foreign, target);
  try {
    return noteBound(callee, self, callWith(actual, self, values));
  } finally {
    state.turn.calling = false;
    state.below = foreign;
  }
}

/** `new callee(…)` in a development build. */
export function devNew(foreign: boolean, callee: unknown, ...values: unknown[]): unknown {
  develop();
  mark(foreign, callee);
  try {
    const value = make(callee, values);
    if (value !== S && value instanceof Error) noteHere(value);
    return value;
  } finally {
    state.turn.calling = false;
    state.below = foreign;
  }
}

/** The value of a runtime function in a development build. */
export function devValue(_foreign: boolean, value: unknown): unknown {
  state.turn.calling = false;
  return value;
}

function isSwitch(callee: unknown): boolean {
  return callee === Greenlet.prototype.switch || callee === Greenlet.prototype.throw;
}

/** `[first, ...others]`, also where a program has taken the iterator of arrays away, or given their prototype setters. */
function listed(first: unknown, others: unknown[]): unknown[] {
  const list = [first];
  for (let index = 0; index < others.length; index++) {
    defineProperty(list, index + 1, { value: others[index], writable: true, enumerable: true, configurable: true });
  }
  return list;
}

/** `new callee(...values)`, by the version of a built-in class where those are loaded; with the error of an ordinary `new`. */
function make(callee: unknown, values: unknown[]): unknown {
  const { construct } = $ as Partial<Versions>;
  if (construct !== undefined) return apply(construct, undefined, listed(callee, values));
  if (!isConstructor(callee)) throw new TypeError(`${describe(callee)} is not a constructor`);
  return Reflect.construct(callee, values);
}
