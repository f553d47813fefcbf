import { apply } from "../core/natives.ts";

const { construct } = Reflect;

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
