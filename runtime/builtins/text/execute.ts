import { apply } from "../calls.ts";
import { isObject } from "../../core/object.ts";
import type { Indexed } from "../check.ts";
import { get } from "../through.ts";
import { callNative } from "../natives.ts";

const { exec: nativeExec } = RegExp.prototype;

/** RegExpExec (ECMA-262 §22.2.7.1). */
export function execute(expression: Indexed, text: string): Indexed | null {
  const exec = get(expression, "exec");
  if (exec === nativeExec || typeof exec !== "function") return callNative(nativeExec, expression, [text]) as never;
  const result = apply(exec, expression, [text]);
  if (result !== null && !isObject(result)) throw new TypeError("object null is not a function");
  return result;
}

/** AdvanceStringIndex (§22.2.7.3): past a whole code point in Unicode mode. */
export function advance(text: string, index: number, unicode: boolean): number {
  return unicode && isLeading(text, index) ? index + 2 : index + 1;
}

function isLeading(text: string, index: number): boolean {
  const point = callNative(codePointAt, text, [index]) as number | undefined;
  return point !== undefined && point > 0xffff;
}

const { codePointAt } = String.prototype;
