import { construct } from "../calls.ts";
import { type Indexed } from "../check.ts";
import { toBigInt, toNumber } from "../coerce.ts";
import { type TypedArrayLike } from "../natives.ts";
import { speciesConstructor } from "../species.ts";
import { classOf, isBigInt, lengthNow, validate } from "./element.ts";

/** Stores an element, converted first as TypedArraySetElement does (§10.4.5.16): that may run code of the program. */
export function store(array: TypedArrayLike, index: number, value: unknown): void {
  const element = isBigInt(array) ? toBigInt(value) : toNumber(value);
  array[index] = element;
}

/** TypedArraySpeciesCreate (§23.2.4.1) with a length. */
export function createLike(exemplar: TypedArrayLike, length: number): TypedArrayLike {
  const constructor = speciesConstructor(exemplar as unknown as Indexed, classOf(exemplar));
  const result = createWith(constructor, length);
  if (isBigInt(result) !== isBigInt(exemplar)) throw new TypeError("The species has another content type");
  return result;
}

/** TypedArrayCreateFromCtor (§23.2.4.2) with a length. */
export function createWith(constructor: unknown, length: number): TypedArrayLike {
  const result = validate(construct(constructor, [length]));
  if (lengthNow(result) < length) throw new TypeError("The typed array that was made is too short");
  return result;
}
