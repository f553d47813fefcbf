import { core } from "../core/core.ts";
import { getProperty, getPrototypeOf, hasOwn, setProperty } from "./natives.ts";

const { $, state } = core;
const flag = $.state;

// Property accesses that may run an accessor. [[Get]] hands on what a getter returns, so it also hands on S: around a
// read, `through` makes a suspension point of it. Nothing in this file saves a frame.

/**
 * What a getter that switches returns: `let item = list[k]; if (item === SUSPENDED) item = through(item);`.
 * A name of this part of the package, which V8 takes for a constant, as it doesn't take what is imported.
 */
export const SUSPENDED: unknown = $.S;

/** `const item = through(list[0])`: the value; a suspension point where it is called. */
export function through<Value>(value: Value): Value {
  return value;
}

/** `object[key]`, which may run a getter. A suspension point where it is called. */
export function get(object: unknown, key: PropertyKey): unknown {
  // Stress and development builds: an accessor that runs now is called by code that can be suspended.
  state.turn.calling = true;
  const value = (object as Record<PropertyKey, unknown>)[key];
  state.turn.calling = false;
  return value;
}

/**
 * `expression.flags`. The engine's own accessor of that name reads `global`, `sticky` and so on: what runs there is called by the engine.
 * A suspension point where it is called.
 */
export function getFlags(expression: unknown): unknown {
  const isNative = getPrototypeOf(expression as object) === RegExp.prototype && !hasOwn(expression as object, "flags");
  if (!isNative) return get(expression, "flags");
  state.turn.calling = false;
  return (expression as { flags: unknown }).flags;
}

/** `value.toJSON`, which hardly any object has: V8 finds that out soonest where it is always the same name. A suspension point where it is called. */
export function getToJSON(value: unknown): unknown {
  state.turn.calling = true;
  const method = (value as { toJSON: unknown }).toJSON;
  state.turn.calling = false;
  return method;
}

/** `Reflect.get`. */
export function getVia(object: object, key: PropertyKey, receiver: unknown): unknown {
  state.turn.calling = true;
  const value = getProperty(object, key, receiver);
  state.turn.calling = false;
  return value;
}

/** `object[key] = value` in strict code, which may run a setter. Assignment forgets what a setter returns, so S is put back. */
export function set(object: unknown, key: PropertyKey, value: unknown): unknown {
  state.turn.calling = true;
  (object as Record<PropertyKey, unknown>)[key] = value;
  state.turn.calling = false;
  return flag[0] === 0 ? undefined : $.S;
}

/** {@link set} for production builds, which mark no calls. */
export function assign(object: unknown, key: number, value: unknown): unknown {
  (object as Record<PropertyKey, unknown>)[key] = value;
  return flag[0] === 0 ? undefined : $.S;
}

/** `Reflect.set`: keeps beside the result whether the property could be set, because the result may have to be S. */
export function setVia(
  outcome: { done: boolean },
  owner: object,
  key: PropertyKey,
  value: unknown,
  receiver: unknown,
): unknown {
  state.turn.calling = true;
  outcome.done = setProperty(owner, key, value, receiver);
  state.turn.calling = false;
  return flag[0] === 0 ? undefined : $.S;
}
