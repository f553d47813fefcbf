import { core } from "./core.ts";

const { construct } = Reflect;

/** `Reflect.construct`, to whose callee a `newTarget` below it looks like a `super()`. A suspension point. */
export function constructFor(callee: Function, values: readonly unknown[], newTarget: Function): unknown {
  try {
    return construct(callee, values, newTarget);
  } catch (error) {
    if (error === core.SUSPENDED) return core.$.S;
    throw error;
  }
}
