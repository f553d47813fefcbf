/** Compilers for the test of the runner: one reads an operand too late. */
import { compile as real } from "../../plugin/compile.ts";
import type { Compile } from "./translate.ts";

export const compile: Compile = (source, options) =>
  real(source.replace("left + change()", "change() + left"), options);
