import { apply } from "./calls.ts";
import { isObject } from "../core/object.ts";
import { callable, describe, type Indexed } from "./check.ts";
import { floor, min, trunc } from "./natives.ts";
import { get } from "./through.ts";

/** What a conversion would rather have. */
export type Hint = "default" | "number" | "string";

/**
 * ToPrimitive (ECMA-262 §7.1.1): an object's `Symbol.toPrimitive`, `valueOf` and `toString` may switch.
 * @throws TypeError when the object has no primitive value
 */
export function toPrimitive(value: unknown, hint: Hint): unknown {
  if (!isObject(value)) return value;
  const exotic = get(value, Symbol.toPrimitive);
  if (exotic === undefined || exotic === null) return ordinaryToPrimitive(value, hint);
  const result = apply(callable(exotic), value, [hint]);
  if (isObject(result)) throw new TypeError("Cannot convert object to primitive value");
  return result;
}

/** OrdinaryToPrimitive (§7.1.1.1): `toString` first for a string, else `valueOf` first. */
function ordinaryToPrimitive(value: Indexed, hint: Hint): unknown {
  const names = hint === "string" ? ["toString", "valueOf"] : ["valueOf", "toString"];
  for (let k = 0; k < 2; k++) {
    const method = get(value, names[k]!);
    if (typeof method === "function") {
      const result = apply(method, value, []);
      if (!isObject(result)) return result;
    }
  }
  throw new TypeError("Cannot convert object to primitive value");
}

/** ToString (§7.1.17). @throws TypeError for a symbol */
export function toText(value: unknown): string {
  if (typeof value === "string") return value;
  const primitive = toPrimitive(value, "string");
  return `${primitive as string}`;
}

/** ToNumber (§7.1.4). @throws TypeError for a symbol or a BigInt */
export function toNumber(value: unknown): number {
  if (typeof value === "number") return value;
  const primitive = toPrimitive(value, "number");
  return +(primitive as number);
}

/** ToBigInt (§7.1.13). @throws TypeError for a number, a symbol, null and undefined; SyntaxError for other text */
export function toBigInt(value: unknown): bigint {
  const primitive = toPrimitive(value, "number");
  if (typeof primitive === "number") throw new TypeError(`Cannot convert ${primitive} to a BigInt`);
  return BigInt(primitive as bigint);
}

/** ToPropertyKey (§7.1.19). */
export function toKey(value: unknown): PropertyKey {
  const primitive = toPrimitive(value, "string");
  return typeof primitive === "symbol" ? primitive : `${primitive as string}`;
}

/** ToIntegerOrInfinity (§7.1.5); never -0. */
export function toInteger(value: unknown): number {
  const number = toNumber(value);
  return number !== number ? 0 : trunc(number) + 0;
}

/** ToLength (§7.1.20): an integer from 0 to 2⁵³ - 1. */
export function toLength(value: unknown): number {
  if (typeof value === "number") return clamp(value);
  const number = toNumber(value);
  return clamp(number);
}

function clamp(length: number): number {
  return length > 0 ? min(floor(length), Number.MAX_SAFE_INTEGER) : 0;
}

/** LengthOfArrayLike (§7.3.18). */
export function lengthOf(list: Indexed): number {
  const length = get(list, "length");
  return toLength(length);
}

/** GetMethod (§7.3.11): undefined when absent. @throws TypeError when it is something that can't be called */
export function methodOf(value: unknown, key: PropertyKey): unknown {
  const method = get(value, key);
  if (method === undefined || method === null) return undefined;
  if (typeof method !== "function") throw new TypeError(`${describe(method)} is not a function`);
  return method;
}
