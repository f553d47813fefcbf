import { construct } from "./calls.ts";
import { isConstructor } from "../core/constructor.ts";
import { isObject } from "../core/object.ts";
import { describe, type Indexed } from "./check.ts";
import { isArray, sourceOf } from "./natives.ts";
import { get } from "./through.ts";

/** What `list.constructor` says, for an array; undefined for anything else. */
export function constructorOf(list: Indexed): unknown {
  return isArray(list) ? get(list, "constructor") : undefined;
}

/**
 * What makes the result of a method of arrays: ArraySpeciesCreate (ECMA-262 §10.4.2.2), its steps 4 to 6. `constructor` is what
 * {@link constructorOf} said.
 * @returns undefined when the result is an array of ours, which nobody else can reach or has changed
 */
export function speciesOf(constructor: unknown): unknown {
  if (constructor === undefined || isForeignArray(constructor)) return undefined;
  if (!isObject(constructor)) return constructor;
  const species = get(constructor, Symbol.species);
  return species === null || species === Array ? undefined : species;
}

/**
 * The rest of ArraySpeciesCreate: `species` is what {@link speciesOf} said.
 * @throws RangeError for more than 2³² - 1 items; TypeError when the species is no constructor
 */
export function createLike(species: unknown, length: number): Indexed {
  if (species === undefined) return arrayOf(length);
  if (!isConstructor(species)) throw new TypeError(`${describe(species)} is not a constructor`);
  return construct(species, [length]) as Indexed;
}

/** ArrayCreate (§10.4.2.2) with the ordinary prototype. */
export function arrayOf(length: number): Indexed {
  if (length > 2 ** 32 - 1) throw new RangeError("Invalid array length");
  return new Array(length) as unknown as Indexed;
}

/** `Array` of another realm: a built-in function of that name, and the only one whose prototype is an array. */
function isForeignArray(constructor: unknown): boolean {
  return (
    constructor !== Array &&
    typeof constructor === "function" &&
    isArray(constructor.prototype) &&
    sourceOf(constructor) === sourceOf(Array)
  );
}

/**
 * SpeciesConstructor (§7.3.22).
 * @throws TypeError when `constructor` or its species is neither absent nor a constructor
 */
export function speciesConstructor(object: Indexed, standard: unknown): unknown {
  const constructor = get(object, "constructor");
  if (constructor === undefined) return standard;
  if (!isObject(constructor)) throw new TypeError(`The constructor property ${describe(constructor)} is not an object`);
  const species = get(constructor, Symbol.species);
  if (species === undefined || species === null) return standard;
  if (!isConstructor(species)) throw new TypeError(`${describe(species)} is not a constructor`);
  return species;
}
