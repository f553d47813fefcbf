import { isObject } from "../core/object.ts";
import { wrap } from "./natives.ts";

/** An object as the methods here use one: indexed and named properties of unknown type. */
export type Indexed = Record<PropertyKey, unknown>;

/** A function of the program. */
export type Callback = (...values: unknown[]) => unknown;

/**
 * ToObject (ECMA-262 §7.1.18).
 * @throws TypeError for null and undefined
 */
export function toObject(value: unknown): Indexed {
  if (isObject(value)) return value;
  if (value === null || value === undefined) throw new TypeError(`Cannot convert ${value} to an object`);
  return wrap(value) as Indexed;
}

/** @throws TypeError for null and undefined, the receivers that a method of strings can't have */
export function requireCoercible(value: unknown, method: string): void {
  if (value === null || value === undefined) throw new TypeError(`${method} called on ${value}`);
}

/** @throws TypeError unless `value` can be called */
export function callable(value: unknown): Callback {
  if (typeof value === "function") return value as Callback;
  throw new TypeError(`${describe(value)} is not a function`);
}

/** @throws TypeError unless `value` is an object */
export function requireObject(value: unknown, role: string): Indexed {
  if (isObject(value)) return value;
  throw new TypeError(`${role} ${describe(value)} is not an object`);
}

/** A value in an error message; runs no code of the program. */
export function describe(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "symbol" || !isObject(value)) return String(value);
  return typeof value === "function" ? "function" : "#<Object>";
}
