// Built-in functions as they were when the runtime was loaded: a program may replace them afterwards.

export const { apply, defineProperty } = Reflect;

const { call } = Function.prototype;

/** `callOf(f, self, a)`: `f.call(self, a)`, whatever `f` says of `call`. */
export const callOf = call.bind(call) as (callee: Function, self: unknown, ...values: unknown[]) => unknown;
