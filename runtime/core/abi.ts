import { GreenletError } from "./errors.ts";
import { showLogicalStacks } from "./stack-format.ts";
import { develop, flag } from "./state.ts";

/** What compiled code may expect of `$`; changes with every incompatible change of it. */
export const ABI = 1;

/**
 * First thing in a compiled module.
 * @param compiled the ABI that the module was compiled for
 * @param build said by a development build
 * @returns the flag: element 0 is 0 while running, 1 while unwinding
 * @throws GreenletError `abi-mismatch`
 */
export function abi(compiled: number, build?: "development"): Int32Array {
  if (build === "development") {
    develop();
    showLogicalStacks();
  }
  if (compiled === ABI) return flag;
  throw new GreenletError(
    "abi-mismatch",
    `This module was compiled for ABI ${compiled} of greenlets, but the runtime that it found has ABI ${ABI}: install the same version of greenlets and greenlets-plugin, and compile again.`,
  );
}
