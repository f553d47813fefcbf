import { flag, S } from "../core/state.ts";
import { setProperty } from "./natives.ts";

// Property accesses that may run an accessor. [[Get]] hands on what a getter returns, so it also hands on S: around a
// read, `through` makes a suspension point of it. Nothing in this file saves a frame.

/** `const item = through(list[k])`: the value; a suspension point where it is called. */
export function through<Value>(value: Value): Value {
  return value;
}

/** `object[key]`, which may run a getter. */
export function get(object: unknown, key: PropertyKey): unknown {
  return (object as Record<PropertyKey, unknown>)[key];
}

/** `object[key] = value` in strict code, which may run a setter. Assignment forgets what a setter returns, so S is put back. */
export function set(object: unknown, key: PropertyKey, value: unknown): unknown {
  (object as Record<PropertyKey, unknown>)[key] = value;
  return flag[0] === 0 ? undefined : S;
}

/** `Reflect.set`: keeps beside the result whether the property could be set, because the result may have to be S. */
export function setVia(
  outcome: { done: boolean },
  owner: object,
  key: PropertyKey,
  value: unknown,
  receiver: unknown,
): unknown {
  outcome.done = setProperty(owner, key, value, receiver);
  return flag[0] === 0 ? undefined : S;
}
