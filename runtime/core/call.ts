/**
 * Calls `callee` with `self` as `this`.
 * @throws TypeError, in the ordinary words, when `callee` is not callable
 */
export function call(callee: unknown, self: unknown, ...values: unknown[]): unknown {
  if (typeof callee !== "function") throw new TypeError(`${describe(callee)} is not a function`);
  return Reflect.apply(callee, self, values);
}

function describe(callee: unknown): string {
  return typeof callee === "object" && callee !== null ? Object.prototype.toString.call(callee) : String(callee);
}
