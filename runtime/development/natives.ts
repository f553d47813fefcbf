import { apply } from "../core/natives.ts";

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
