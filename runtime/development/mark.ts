import { apply } from "../core/natives.ts";

// How stress and development builds tell a compiled function from any other: by its text, which begins with taking the
// mark. Read here without any method that a program may have replaced.

const { exec } = RegExp.prototype;
const { indexOf, slice } = String.prototype;

/** What the mark looks like in a function's text, and what stands directly before it. */
const CALL = ".enter()";
const DECLARATION = /\{\s*(?:"use strict";\s*)?const \$foreign\d* = \$\d*$/;
const CONSTRUCTOR = /\bconstructor\s*\(/;
const FUNCTION = /^(?:async\b\s*)?function\b/;

/**
 * Whether the first thing a function does is to take the mark. A function that only holds compiled functions does not, nor does
 * a class without a constructor.
 */
export function beginsWithMark(text: string): boolean {
  const from = beginningOf(text);
  if (from < 0) return false;
  const at = apply(indexOf, text, [CALL, from]) as number;
  if (at < 0) return false;
  const opening = apply(slice, text, [from, at]) as string;
  return apply(exec, DECLARATION, [opening]) !== null && isOutermostBody(opening);
}

/** Where the function of a class begins, its constructor; -1 when it has none, 0 for functions. */
function beginningOf(text: string): number {
  if ((apply(slice, text, [0, 5]) as string) !== "class") return 0;
  const found = apply(exec, CONSTRUCTOR, [text]) as RegExpExecArray | null;
  return found === null ? -1 : found.index;
}

/** True when a text that ends behind an opening brace has opened nothing else: no function or object around that brace. */
function isOutermostBody(opening: string): boolean {
  let braces = 0;
  let parentheses = 0;
  let arrows = 0;
  for (let at = 0; at < opening.length; at++) {
    const character = opening[at];
    if (character === "/" && opening[at + 1] === "*") at = apply(indexOf, opening, ["*/", at]) as number;
    else if (character === "{") braces++;
    else if (character === "}") braces--;
    else if (character === "(") parentheses++;
    else if (character === ")") parentheses--;
    else if (character === "=" && opening[at + 1] === ">" && parentheses === 0 && braces === 0) arrows++;
    if (at < 0) return false;
  }
  return braces === 1 && parentheses === 0 && arrows <= 1 && isBodyOf(opening, arrows);
}

/** `x => function () {` has a body that is not its own. */
function isBodyOf(opening: string, arrows: number): boolean {
  if (arrows === 0) return true;
  return apply(exec, FUNCTION, [opening]) === null && apply(exec, /=>\s*\{/, [opening]) !== null;
}
