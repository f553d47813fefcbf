/** A tree as the text of a program. Any tree has a text: where something is not allowed, a construct prints something else. */
import { constructs, type Program } from "./grammar.ts";
import { Scope } from "./scope.ts";
import type { Node, Part } from "./tree.ts";
import { prelude } from "./prelude.ts";

export function printProgram({ strict, body }: Program): string {
  const allowed = {
    arguments: true,
    newTarget: true,
    return: true,
    generator: false,
    async: false,
    superProperty: false,
    privateName: false,
  };
  return `${strict ? '"use strict";\n' : ""}${prelude}\nfunction main() {\n${printNode(body, new Scope(allowed))}\n}\n`;
}

function printNode(node: Node, scope: Scope): string {
  const construct = constructs[node.kind];
  if (construct === undefined) throw new Error(`no construct is called ${node.kind}`);
  return construct.print(partOf(node, scope));
}

/** Asking twice for a kid gives the same text: it is printed once per scope, so its names are declared once. */
function partOf(node: Node, scope: Scope): Part {
  const printed = new Map<Scope, Map<number, string>>();
  const kid = (index: number, inside = scope): string => {
    const texts = printed.get(inside) ?? new Map<number, string>();
    printed.set(inside, texts);
    const child = node.kids[index];
    const text = texts.get(index) ?? (child === undefined ? "undefined" : printNode(child, inside));
    texts.set(index, text);
    return text;
  };
  return {
    node,
    scope,
    kid,
    rest: (from, inside) => node.kids.slice(from).map((_, offset) => kid(from + offset, inside)),
    choose: (options, digit = 0) =>
      options[Math.floor(node.pick / 7 ** digit) % options.length] as (typeof options)[number],
  };
}
