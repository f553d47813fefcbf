import { apply, construct } from "../calls.ts";
import { callable, requireObject } from "../check.ts";

type Settle = (value: unknown) => void;

/** A promise with the functions that settle it: the PromiseCapability Record of ECMA-262 §27.2.1.1. */
interface Capability {
  promise: unknown;
  resolve: unknown;
  reject: unknown;
}

const native = Promise;

/** `new Promise(executor)` (§27.2.3.1): the executor may switch. */
export function promiseConstructor(values: readonly unknown[], newTarget: unknown): unknown {
  const executor = callable(values[0]);
  const { promise, resolve, reject } = ordinaryCapability(newTarget);
  try {
    apply(executor, undefined, [resolve, reject]);
  } catch (error) {
    reject(error);
  }
  return promise;
}

/** A promise of the built-in class, or of one derived from it, settled from outside. */
function ordinaryCapability(newTarget: unknown): { promise: unknown; resolve: Settle; reject: Settle } {
  const settle: Settle[] = [];
  const executor = (resolve: Settle, reject: Settle): void => void settle.push(resolve, reject);
  const promise = construct(native, [executor], newTarget);
  return { promise, resolve: settle[0]!, reject: settle[1]! };
}

/** `Promise.try` (§27.2.4.8): what the callback returns or throws, as a promise of `this`. */
export function promiseTry(this: unknown, callback?: unknown, ...values: unknown[]): unknown {
  const capability = capabilityOf(requireObject(this, "Promise.try: the receiver"));
  const { ok, value } = outcomeOf(callback, values);
  apply(ok ? capability.resolve : capability.reject, undefined, [value]);
  return capability.promise;
}

function outcomeOf(callback: unknown, values: readonly unknown[]): { ok: boolean; value: unknown } {
  try {
    const value = apply(callback, undefined, values);
    return { ok: true, value };
  } catch (error) {
    return { ok: false, value: error };
  }
}

/** NewPromiseCapability (§27.2.1.5). */
function capabilityOf(C: unknown): Capability {
  const capability: Capability = { promise: undefined, resolve: undefined, reject: undefined };
  const executor = (resolve: unknown, reject: unknown): void => {
    if (capability.resolve !== undefined || capability.reject !== undefined) {
      throw new TypeError("Promise executor has already been invoked with non-undefined arguments");
    }
    capability.resolve = resolve;
    capability.reject = reject;
  };
  const promise = construct(C, [executor]);
  callable(capability.resolve);
  callable(capability.reject);
  capability.promise = promise;
  return capability;
}
