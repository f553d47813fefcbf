import { $ } from "../core/internal.ts";
import { constructResumable } from "./construct.ts";
import { versions } from "./index.ts";
import { register, resumable } from "./registry.ts";

// Loaded by compiled modules that call built-in functions by their names: adds the versions that can be suspended to `$`.

const generatorPrototype = Object.getPrototypeOf(Object.getPrototypeOf((function* () {})())) as Record<
  "next" | "return" | "throw",
  Function
>;
const { next, return: finish, throw: fail } = generatorPrototype;

register(generatorPrototype, {
  next(this: unknown, ...values: unknown[]) {
    return $.advance(next, this, ...values);
  },
  return(this: unknown, ...values: unknown[]) {
    return $.advance(finish, this, ...values);
  },
  throw(this: unknown, ...values: unknown[]) {
    return $.advance(fail, this, ...values);
  },
});

Object.assign($, versions);
$.useVersions(resumable, (callee, values) => constructResumable(callee, ...values));
