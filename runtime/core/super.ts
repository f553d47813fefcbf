import { construct } from "./natives.ts";
import { S } from "./state.ts";

// A suspended constructor that was reached by `super()` must not return S: the engine would bind it as `this` and give it the fields of the
// class below. It throws instead, once, to the `super()` that called it; that `super()` can then be called again when the object is there.

/** Thrown in place of S by a constructor that is suspended below a `super()`. */
export const SUSPENDED: object = Object.freeze(Object.create(null));

/** The constructor that threw the mark last. */
let thrower: object | null = null;

/** The constructor whose mark was just caught. */
export const suspendedBy = (): object | null => thrower;

/** Whether `own` was called by the `super()` of a class below it, not by `new own()`. */
function isBelow(newTarget: object, own: object): boolean {
  let cls: object | null = newTarget;
  while (cls !== null && cls !== own) cls = Object.getPrototypeOf(cls) as object | null;
  return cls === own && newTarget !== own;
}

/**
 * Ends the unwinding of a constructor.
 * @param newTarget `new.target` of the activation
 * @param suspended what its `save` returned
 * @param own the constructor itself, undefined where it can't name itself
 * @throws the mark to a `super()`
 */
export function leaving(newTarget: object, suspended: unknown, own?: object): unknown {
  if (own === undefined || !isBelow(newTarget, own)) return suspended;
  thrower = own;
  throw SUSPENDED;
}

/** `Reflect.construct`, to whose callee a `newTarget` below it looks like a `super()`. A suspension point. */
export function constructFor(callee: Function, values: readonly unknown[], newTarget: Function): unknown {
  try {
    return construct(callee, values, newTarget);
  } catch (error) {
    if (error === SUSPENDED) return S;
    throw error;
  }
}
