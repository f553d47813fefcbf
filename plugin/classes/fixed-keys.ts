/**
 * fixed-keys — computed keys that can't be evaluated ahead of their class: they, or keys before them, name its private members.
 *
 *   In     class K { #p; [a()]() {} [b(this.#p)]() {} [c()]() {} }
 *   Out    b(this.#p), c()
 */
import type { Node, Program } from "@babel/types";
import { eachChild, isClass, walk, type ClassNode } from "../walk.ts";

export function fixedKeys(program: Program): Set<Node> {
  const found = new Set<Node>();
  walk(program, (node) => {
    if (!isClass(node)) return;
    const keys = computedKeys(node);
    const own = privateNames(node);
    const first = keys.findIndex((key) => namesAny(key, own));
    if (first >= 0) keys.slice(first).forEach((key) => found.add(key));
  });
  return found;
}

const computedKeys = (cls: ClassNode): Node[] =>
  cls.body.body.flatMap((member) => ("computed" in member && member.computed && "key" in member ? [member.key] : []));

const privateNames = (cls: ClassNode): Set<string | undefined> => new Set(cls.body.body.map(privateName));

function privateName(member: Node): string | undefined {
  const { key } = member as { key?: Node };
  return key?.type === "PrivateName" ? key.id.name : undefined;
}

/** A class inside may have private members of the same names. */
function namesAny(node: Node, names: ReadonlySet<string | undefined>): boolean {
  if (node.type === "PrivateName") return names.has(node.id.name);
  const inner = isClass(node) ? without(names, privateNames(node)) : names;
  let found = false;
  eachChild(node, (child, key) => void (found ||= namesAny(child, key === "superClass" ? names : inner)));
  return found;
}

const without = <Item>(one: ReadonlySet<Item>, other: ReadonlySet<Item>): Set<Item> =>
  new Set([...one].filter((item) => !other.has(item)));
