// Calls of functions that the program supplies. `Reflect.apply` and `Reflect.construct` hand S through, and unlike
// `callee.call(…)` they read no property of the callee.

/** Calls a function of the program: a suspension point. */
export const apply: (callee: unknown, self: unknown, values: readonly unknown[]) => unknown = Reflect.apply as never;

/** `new` of a constructor of the program: a suspension point. */
export const construct: (callee: unknown, values: readonly unknown[], newTarget?: unknown) => unknown =
  Reflect.construct as never;
