// A suspended constructor that was reached by `super()` must not return S: the engine would bind it as `this` and give it the fields of the
// class below. It throws instead, once, to the `super()` that called it; that `super()` can then be called again when the object is there.

/** Thrown in place of S by a constructor (`by`: the last one that did) that is suspended below a `super()`. */
export const SUSPENDED: { by: object | null } = { by: null };

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
  SUSPENDED.by = own;
  throw SUSPENDED;
}
