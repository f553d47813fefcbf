import { core } from "../core/core.ts";
import { isObject } from "../core/object.ts";
import { notPlain } from "./not-plain.ts";

const { $, swallowed } = core;
const flag = $.state;

// What compiled code calls where one expression of the language became several statements, so that it means the same.

/** Stands in a box until its variable is initialised. */
const UNINITIALISED: object = Object.freeze(Object.create(null));

/** The box of a variable that closures can reach before its declaration (ECMA-262: the temporal dead zone). */
export function box(): { value: unknown } {
  return { value: UNINITIALISED };
}

/** The box, if its variable is initialised. @throws ReferenceError */
export function ready<T extends { value: unknown }>(holder: T, name: string): T {
  if (holder.value === UNINITIALISED) return tdz(name);
  return holder;
}

/** A variable is read before its declaration. @throws ReferenceError, in the engine's words */
export function tdz(name: string): never {
  throw new ReferenceError(`Cannot access '${name}' before initialization`);
}

/** A variable is assigned before its declaration: assign to the result's `value`. */
export function dead(name: string): { value: unknown } {
  return {
    get value(): unknown {
      return tdz(name);
    },
    set value(_value: unknown) {
      tdz(name);
    },
  };
}

/** A constant is assigned: assign to the result's `value`. `current`: what the constant holds, for `+=` and the like. */
export function constant(_name: string, current?: unknown): { value: unknown } {
  return {
    get value(): unknown {
      return current;
    },
    set value(_value: unknown) {
      throw new TypeError("Assignment to constant variable.");
    },
  };
}

/** A sloppy assignment to a function's own name: assign to the result's `value`, which goes nowhere. */
export function ignored(current?: unknown): { value: unknown } {
  return { value: current };
}

/** Gives a function that had to be renamed its own name back. */
export function named<T extends Function>(fn: T, name: string): T {
  return Object.defineProperty(fn, "name", { value: name, configurable: true });
}

/** The strings object of a tagged template, made once for its place in the source (ECMA-262 §13.2.8.4 GetTemplateObject). */
export function template(strings: TemplateStringsArray): TemplateStringsArray {
  return strings;
}

/** A computed key as a property key, converted once (ECMA-262 §7.1.19 ToPropertyKey). */
export function key(value: unknown): PropertyKey {
  if (typeof value === "string" || typeof value === "symbol" || typeof value === "number") return value;
  const [only] = Reflect.ownKeys({ [value as string]: 0 });
  return only as PropertyKey;
}

/** {@link key} for `object[value]`, which looks at the object first. @throws TypeError when it has no properties */
export function keyOf(object: unknown, value: unknown): PropertyKey {
  if (object === null || object === undefined) throw new TypeError(`Cannot read properties of ${object}`);
  return key(value);
}

/** What a destructuring pattern needs. @throws TypeError for null and undefined */
export function object(value: unknown): void {
  if (value === null || value === undefined) throw new TypeError(`Cannot destructure '${value}' as it is ${value}.`);
}

/** `...rest` of an object pattern: own enumerable properties but the keys taken before (ECMA-262 §7.3.25 CopyDataProperties). */
export function rest(value: object, taken: PropertyKey[]): object {
  const names = new Set(taken.map((one) => (typeof one === "number" ? String(one) : one)));
  const source = Object(value) as Record<PropertyKey, unknown>;
  const result: Record<PropertyKey, unknown> = {};
  for (const name of Reflect.ownKeys(source)) {
    if (names.has(name) || !Object.prototype.propertyIsEnumerable.call(source, name)) continue;
    Object.defineProperty(result, name, { value: source[name], writable: true, enumerable: true, configurable: true });
  }
  return result;
}

/**
 * What `new callee()` gives after `callee` was suspended: a function that never mentions `this` may have returned a primitive.
 * @throws GreenletError `foreign-frame` for a bound function of that kind, which does not say what it is bound to
 */
export function made(result: unknown, callee: object): unknown {
  if (isObject(result)) return result;
  if (!Object.prototype.hasOwnProperty.call(callee, "prototype"))
    throw new core.GreenletError(
      "foreign-frame",
      "`new` of a bound function was suspended whose target never mentions `this`: call `new` on the target itself.",
    );
  const { prototype } = callee as { prototype: unknown };
  return Object.create(isObject(prototype) ? prototype : Object.prototype);
}

/**
 * What a derived constructor gives that returned `value` (ECMA-262 §10.2.2 [[Construct]]).
 * @param self reads `this`, and throws the engine's own error if there is none
 */
export function derived(value: unknown, self: () => unknown): unknown {
  if (isObject(value)) return value;
  if (value !== undefined) throw new TypeError("Derived constructors may only return object or undefined");
  return self();
}

/** The value of a call in code that nobody can suspend (an async function, a field's initialiser). @throws GreenletError `foreign-frame` */
export function sync<T>(value: T): T {
  if (flag[0] !== 0) throw swallowed();
  return value;
}

/** The value of a call that types or assumptions take for plain (the option `assert`). @throws GreenletError `not-plain` */
export function plain<T>(value: T): T {
  if (flag[0] !== 0) throw notPlain();
  return value;
}

/** `object[name] = value`, where a setter may switch: its S comes out here. A suspension point. */
export function store(object: Record<PropertyKey, unknown>, name: PropertyKey, value: unknown): unknown {
  object[name] = value;
  return flag[0] === 0 ? value : $.S;
}

/** `$.stored(object.#name = value)`: {@link store} for a private name. */
export function stored(value: unknown): unknown {
  return flag[0] === 0 ? value : $.S;
}

/** The keys that `for-in` visits, each looked up again before its turn (ECMA-262 §14.7.5.9). */
export class Keys {
  value = "";
  private readonly object: object | null;
  private readonly keys: string[] = [];
  private at = 0;

  constructor(value: unknown) {
    this.object = value === null || value === undefined ? null : Object(value);
    for (const name in this.object) this.keys.push(name);
  }

  /** Goes on to the next key. @returns false at the end */
  next(): boolean {
    while (this.at < this.keys.length) {
      this.value = this.keys[this.at++] as string;
      if (this.value in (this.object as object)) return true;
    }
    return false;
  }
}

export function enumerate(value: unknown): Keys {
  return new Keys(value);
}
