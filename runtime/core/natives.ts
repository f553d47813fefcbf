// Built-in functions as they were when the runtime was loaded: a program may replace them afterwards.

export const { apply, construct } = Reflect;
const iterator = (globalThis as { Iterator?: { prototype: unknown } }).Iterator?.prototype as
  | Record<string, unknown>
  | undefined;

export const { call: callMethod, apply: applyMethod, bind: bindMethod, toString: toText } = Function.prototype;

/** `callOf(f, self, a)`: `f.call(self, a)`, whatever `f` says of `call`. */
export const callOf = callMethod.bind(callMethod) as (callee: Function, self: unknown, ...values: unknown[]) => unknown;

/**
 * The built-in functions whose names no other built-in function has that calls back: a method of such a name is one of
 * them if it is the one here. Names that this host doesn't have are undefined.
 */
export const natives = {
  replace: String.prototype.replace,
  replaceAll: String.prototype.replaceAll,
  split: String.prototype.split,
  match: String.prototype.match,
  matchAll: String.prototype.matchAll,
  search: String.prototype.search,
  stringify: JSON.stringify,
  fromEntries: Object.fromEntries,
  take: iterator?.take,
  drop: iterator?.drop,
  toArray: iterator?.toArray,
};

/** A WeakMap whose methods nobody can replace. */
export class Memory<Value> {
  private readonly map = new WeakMap<object, Value>();
  private readonly read = this.map.get;
  private readonly write = this.map.set;

  get(key: object): Value | undefined {
    return apply(this.read, this.map, [key]) as Value | undefined;
  }

  set(key: object, value: Value): void {
    apply(this.write, this.map, [key, value]);
  }
}

/** Whether `new` may be used with a value (ECMA-262 §7.2.4 IsConstructor): asks without running it. */
export function isConstructor(value: unknown): value is Function {
  if (typeof value !== "function") return false;
  try {
    construct(Object, [], value);
    return true;
  } catch {
    return false;
  }
}
