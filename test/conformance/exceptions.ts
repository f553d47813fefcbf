/**
 * The tests that are known to fail compiled or in stress mode, each with its reason; docs/limits.md has the same reasons. A test that is not
 * named here and fails is a regression, and so is one that is named and fails in a way that is not.
 */
import type { Regression } from "./report.ts";

export interface Exception {
  readonly paths: readonly string[];
  readonly ways: readonly string[];
  readonly reason: string;
}

export const exceptions: readonly Exception[] = [
  {
    paths: ["language/arguments-object/10.6-13-a-2.js", "language/arguments-object/10.6-13-a-3.js"],
    ways: ["stress"],
    reason: "Function.prototype.caller of sloppy functions is not kept: after a resume the caller is the trampoline",
  },
  {
    paths: ["language/expressions/addition/S11.6.1_A3.2_T1.2.js"],
    ways: ["stress"],
    reason: "Function.prototype.toString shows compiled code",
  },
];

/** Why a failure is a limit and no regression; undefined for a regression. */
export function reasonFor({ path, way }: Regression): string | undefined {
  return exceptions.find(({ paths, ways }) => paths.includes(path) && ways.includes(way))?.reason;
}
