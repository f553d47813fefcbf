import { apply } from "./calls.ts";
import { callable } from "./check.ts";
import { resumable } from "./registry.ts";

/** A call of a method whose name is that of a built-in one: `s.replace(a, b)` → `$.invoke(s, s.replace, a, b)`. */
export function invoke(self: unknown, callee: unknown, ...values: unknown[]): unknown {
  return apply(resumable(callable(callee)), self, values);
}
