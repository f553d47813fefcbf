import { addPart } from "../core/part.ts";
import { prototype } from "../iteration/generators.ts";
import { $ } from "../iteration/install.ts";
import { versions } from "./index.ts";
import { register } from "./registry.ts";

// Loaded by compiled modules that call built-in functions by their names: adds the versions that can be suspended to `$`.

const { next, return: finish, throw: fail } = prototype;

register(prototype, {
  next(this: unknown, value?: unknown) {
    return $.advance(next, this, value);
  },
  return(this: unknown, value?: unknown) {
    return $.advance(finish, this, value);
  },
  throw(this: unknown, error?: unknown) {
    return $.advance(fail, this, error);
  },
});

addPart(versions);
