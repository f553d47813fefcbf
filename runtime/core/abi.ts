import { GreenletError } from "./errors.ts";

/** What compiled code may expect of `$`; changes with every incompatible change of it. */
export const ABI = 1;

/**
 * @param other the ABI that a module was compiled for, or that another copy of this package has
 * @throws GreenletError `abi-mismatch`
 */
export function checkAbi(other: number): void {
  if (other === ABI) return;
  throw new GreenletError(
    "abi-mismatch",
    `Two versions of greenlets meet (ABI ${other}, ABI ${ABI}): install one version of greenlets and greenlets-plugin, and compile again.`,
  );
}
