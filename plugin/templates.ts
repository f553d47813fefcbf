/**
 * templates — the strings object of a tagged template, when more than one piece of code holds it.
 *
 *   In     tag`a${x}b` … tag`a${x}b`                                       (the two bodies of a function)
 *   Out    const strings = $.template`a${0}b`;  …  tag(strings, x) … tag(strings, x)
 *   Keeps  one object for each place in the source (ECMA-262 §13.2.8.4 GetTemplateObject), whichever body runs it
 */
import type { Expression, Node, Program, Statement, TaggedTemplateExpression } from "@babel/types";
import * as b from "./emit/build.ts";
import type { Names } from "./names.ts";
import { walk } from "./walk.ts";

/** `const strings = $.template`a${0}b`;` */
export function stringsOf(node: TaggedTemplateExpression, name: string): Statement {
  const quasi = { ...node.quasi, expressions: node.quasi.expressions.map(() => b.number(0)) };
  const tagged = { type: "TaggedTemplateExpression", tag: b.abi("template"), quasi } as unknown as Expression;
  return b.declare("const", name, tagged);
}

/** Makes calls of the tagged templates that the compiler wrote more than once: what stands in arrows and behind `return`, say. */
export function shareTemplates(program: Program, names: Names): void {
  for (const [first, ...others] of templatesByPlace(program).values()) {
    if (first === undefined || others.length === 0) continue;
    const name = names.fresh("strings");
    program.body.unshift(stringsOf(first, name));
    for (const node of [first, ...others]) becomeCall(node, name);
  }
}

/** All tagged templates of the source, by where they stand there. */
function templatesByPlace(program: Program): Map<number, TaggedTemplateExpression[]> {
  const found = new Map<number, TaggedTemplateExpression[]>();
  walk(program, (node) => {
    if (node.type !== "TaggedTemplateExpression" || typeof node.start !== "number") return;
    const same = found.get(node.start);
    if (same === undefined) found.set(node.start, [node]);
    else same.push(node);
  });
  return found;
}

/** A tag is called as any function is: with the object that it is a method of. */
function becomeCall(node: TaggedTemplateExpression, strings: string): void {
  const { tag, quasi } = node;
  const call = b.call(tag, [b.id(strings), ...(quasi.expressions as Expression[])]);
  delete (node as Partial<TaggedTemplateExpression>).tag;
  delete (node as Partial<TaggedTemplateExpression>).quasi;
  Object.assign(node as Node, call);
}
