import { after } from "./by-hand/after.ts";
import type { AnyGreenlet } from "../core/index.ts";
import { checkedFunction } from "./errors.ts";
import { currentGreenlet } from "./loop/hub.ts";

/** The values of one greenlet; a finished Green forgets them. */
export type Locals = WeakMap<object, unknown>;

type Owner = AnyGreenlet & { locals?: Locals | null };

/**
 * A variable with a value of its own in every greenlet (gevent's `local`).
 *
 *     const user = new Local(() => "nobody");      user.value = "ann" in one greenlet stays "nobody" in the others
 */
export class Local<T> {
  /** @internal */ readonly $initial: () => T;

  /** @param initial makes the value, in each greenlet that reads it before setting it */
  constructor(initial: () => T = () => undefined as T) {
    this.$initial = checkedFunction(initial, "The initial value of a Local");
  }

  get value(): T {
    const locals = own();
    if (locals.has(this)) return locals.get(this) as T;
    return after(
      () => this.$initial(),
      (value) => {
        locals.set(this, value);
        return value;
      },
    );
  }

  set value(value: T) {
    own().set(this, value);
  }

  /** Forgets this greenlet's value: the next read makes a new one. */
  clear(): void {
    own().delete(this);
  }
}

/** Kept by the greenlet, so that neither a greenlet nor a Local that nobody uses keeps values alive. */
function own(): Locals {
  const greenlet: Owner = currentGreenlet();
  return (greenlet.locals ??= new WeakMap());
}
