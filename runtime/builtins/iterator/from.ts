import { apply } from "../calls.ts";
import { isObject } from "../../core/object.ts";
import type { Indexed } from "../check.ts";
import { methodOf } from "../coerce.ts";
import { type Iteration } from "../iterate.ts";
import { resumable } from "../registry.ts";
import { flattenable } from "./lazy.ts";
import { from as nativeFrom, iteratorClass, wrapperNext, wrapperReturn } from "./natives.ts";
import { callNative } from "../natives.ts";

const hasInstance = Function.prototype[Symbol.hasInstance];

const wrapped = new WeakMap<object, Iteration>();

/** `Iterator.from` (ECMA-262 §27.1.3.2): the iterator itself when it is one already, else a wrapper of it. */
export function from(this: unknown, value?: unknown): unknown {
  const iteration = flattenable(value, true);
  if (callNative(hasInstance, iteratorClass, [iteration.iterator])) return iteration.iterator;
  const stand = {
    next: () => apply(iteration.next, iteration.iterator, []),
    return: () => end(iteration),
    __proto__: null,
  };
  const wrapper = callNative(nativeFrom, iteratorClass, [stand]) as object;
  wrapped.set(wrapper, iteration);
  return wrapper;
}

function end(iteration: Iteration): unknown {
  const method = methodOf(iteration.iterator, "return");
  return method === undefined ? { value: undefined, done: true } : apply(resumable(method), iteration.iterator, []);
}

/** `%WrapForValidIteratorPrototype%.next` (§27.1.3.2.1.1). */
export function next(this: unknown): unknown {
  const iteration = isObject(this) ? wrapped.get(this as Indexed) : undefined;
  return iteration === undefined ? apply(wrapperNext, this, []) : apply(iteration.next, iteration.iterator, []);
}

/** `%WrapForValidIteratorPrototype%.return` (§27.1.3.2.1.2). */
export function returnMethod(this: unknown): unknown {
  const iteration = isObject(this) ? wrapped.get(this as Indexed) : undefined;
  return iteration === undefined ? apply(wrapperReturn, this, []) : end(iteration);
}
