import { core } from "../core/core.ts";
import type { Frame } from "../core/frame.ts";
import { through } from "../core/through.ts";

const { $, SUSPENDED, swallowed } = core;

// What compiled classes call whose initialisers were moved into functions (plugin/classes).

/** Stands in a private field that is not initialised yet. */
export const absent: object = Object.freeze(Object.create(null));

/** What a private field holds. @throws TypeError while the field is not there yet, as for an object without it */
export function held<T>(value: T, name: string): T {
  if (value === absent)
    throw new TypeError(`Cannot access ${name} of an object whose class has not initialised it yet`);
  return value;
}

/** `key = value` in a class: a new property of its own, whatever is inherited (ECMA-262 §7.3.6 CreateDataPropertyOrThrow). */
export function field(target: object, key: PropertyKey, value: unknown): void {
  Object.defineProperty(target, key, { value, writable: true, enumerable: true, configurable: true });
}

/**
 * {@link field} of an object that is surely no proxy, as what a class without `extends` makes, and the class itself. Most often nothing
 * is inherited by that name; then an assignment makes the same property, twenty times as fast.
 */
export function put(target: Record<PropertyKey, unknown>, key: PropertyKey, value: unknown): void {
  if (key in target) field(target, key, value);
  else target[key] = value;
}

/** Keys that wait for their class, by the symbols of the methods that stand for them. */
const waiting = new Map<PropertyKey, PropertyKey>();

/**
 * A computed key of a field, evaluated with the class and used later: what stands in its place is called by a symbol.
 * @param group tells the keys apart that one class waits for in two places
 */
export function later(group: string, key: PropertyKey): symbol {
  const place = Symbol(group);
  waiting.set(place, key);
  return place;
}

/** The keys that wait in a new class, in their order; their places are taken away. */
export function keys(group: string, prototype: object): PropertyKey[] {
  return Reflect.ownKeys(prototype).flatMap((place) => {
    if (typeof place !== "symbol" || place.description !== group || !waiting.has(place)) return [];
    const key = waiting.get(place) as PropertyKey;
    waiting.delete(place);
    Reflect.deleteProperty(prototype, place);
    return [key];
  });
}

/** Gives an anonymous class the name of its place in the source, unless a member is called `name`. */
export function title(cls: object, name: string): void {
  const own = Object.getOwnPropertyDescriptor(cls, "name");
  if (own?.value === "" && !own.writable) Object.defineProperty(cls, "name", { value: name, configurable: true });
}

/** The class on the way up from `newTarget` that `isOwn` knows by a private name. */
export function own(newTarget: object, isOwn: (cls: object) => boolean): object | null {
  let cls: object | null = newTarget;
  while (cls !== null && !isOwn(cls)) cls = Object.getPrototypeOf(cls) as object | null;
  return cls;
}

/** The static initialisers that the class just defined has handed out; taken by the next `complete`, in the same expression. */
let handed: (() => void) | null = null;

/** Last thing in a class definition: its static initialisers, to be run by {@link complete}. */
export function hand(initialise: () => void): void {
  handed = initialise;
}

/** `$.complete(class {…})`: runs what the class has handed out and returns the class. A suspension point. */
export function complete(cls: unknown): unknown {
  const initialise = handed;
  handed = null;
  const result = through(initialise, undefined, []);
  return $.state[0] === 0 ? cls : $.save(result, completed, 1, cls);
}

function completed(frame: Frame): unknown {
  return frame.a;
}

/**
 * What left `super(…)` in a constructor of `cls` as an exception: the mark of a suspended parent.
 * @returns S; there is no `this` yet
 * @throws any other exception
 */
export function unmade(thrown: unknown, cls: object): object {
  if (thrown !== SUSPENDED) throw thrown;
  // A class that was not compiled is between the two: it lost what it had to do after `super()`.
  if (SUSPENDED.by !== Object.getPrototypeOf(cls)) throw swallowed();
  return $.S;
}

/**
 * First half of `$.adopt(K, object); super();`, by which a constructor that goes on takes the object that its parent has made meanwhile:
 * until that `super()` reads it, the parent of the class is one that hands the object over. The engine does the rest: `this`,
 * private methods, fields. No other code can run in between.
 */
export function adopt(cls: object, object: object): void {
  const parent = Object.getPrototypeOf(cls) as object;
  const construct = (): object => {
    Reflect.setPrototypeOf(cls, parent);
    return object;
  };
  if (!Reflect.setPrototypeOf(cls, new Proxy(Object, { construct })))
    throw new core.GreenletError(
      "foreign-frame",
      "A frozen class can't go on after its parent's constructor was suspended.",
    );
}
