/**
 * fixed-keys — computed keys that can't be evaluated ahead of their class: they, or keys before them, name its private members.
 *
 *   In     class K { #p; [a()]() {} [b(this.#p)]() {} [c()]() {} }
 *   Out    b(this.#p), c()
 */
import type { Node, Program } from "@babel/types";
import { isClass, walk, type ClassNode } from "../walk.ts";

export function fixedKeys(program: Program): Set<Node> {
  const found = new Set<Node>();
  walk(program, (node) => {
    if (!isClass(node)) return;
    const keys = computedKeys(node);
    const own = new Set(node.body.body.map(privateName));
    const first = keys.findIndex((key) => namesAny(key, own));
    if (first >= 0) keys.slice(first).forEach((key) => found.add(key));
  });
  return found;
}

const computedKeys = (cls: ClassNode): Node[] =>
  cls.body.body.flatMap((member) => ("computed" in member && member.computed && "key" in member ? [member.key] : []));

function privateName(member: Node): string | undefined {
  const { key } = member as { key?: Node };
  return key?.type === "PrivateName" ? key.id.name : undefined;
}

function namesAny(key: Node, names: Set<string | undefined>): boolean {
  let found = false;
  walk(key, (node) => void (found ||= node.type === "PrivateName" && names.has(node.id.name)));
  return found;
}
