import { GreenletError } from "./errors.ts";

/** What compiled code may expect of `$`; changes with every incompatible change of it. */
export const ABI = 1;

/**
 * @param compiled the ABI that a module was compiled for
 * @throws GreenletError `abi-mismatch`
 */
export function checkAbi(compiled: number): void {
  if (compiled === ABI) return;
  throw new GreenletError(
    "abi-mismatch",
    `This module was compiled for ABI ${compiled} of greenlets, but the runtime that it found has ABI ${ABI}: install the same version of greenlets and greenlets-plugin, and compile again.`,
  );
}
