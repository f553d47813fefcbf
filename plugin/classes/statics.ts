/**
 * statics — static fields and blocks, from the first one that may switch, in an arrow that runs after the class definition.
 *
 *   In     class K { static a = pause(); static { b(); } }
 *   Out    let K = $.complete(class K { static { $.hand(() => { $.put(this, "a", pause()); { b(); } }); } });
 *   Keeps  the arrow has what a static block has: `this`, `super`, private names, the class's own name; the name outside is in its dead zone
 *          until all is done
 */
import type { Expression, Node, Statement } from "@babel/types";
import * as b from "../emit/build.ts";
import { replaceChild } from "../walk.ts";
import type { Member, Rewriting } from "./index.ts";
import { keepKeys } from "./keys.ts";
import { moveMember, privateMember } from "./member.ts";
import { nameInContext } from "./naming.ts";

/** @returns false where the class's name is known only at run time: then nothing is moved */
export function moveStatics(rewriting: Rewriting, members: Member[]): boolean {
  const { cls, parents } = rewriting;
  const parent = parents.get(cls) as { node: Node; key: string };
  const name = cls.id ? "" : nameInContext(parent, parents);
  if (name === null) return false;
  const keys = keepKeys(rewriting, members);
  const body = members.map((member) => moveMember(rewriting, member, keys, () => privateMember(keys.name ?? "")));
  const [first] = members as [Member];
  cls.body.body.push(b.at(staticBlock(b.runtime("hand", b.at(b.arrow([], body), first))), first) as never);
  if (name !== "") cls.body.body.unshift(staticBlock(b.runtime("title", b.thisExpression(), b.string(name))) as never);
  complete(rewriting, parent);
  return true;
}

const staticBlock = (expression: Expression): Node =>
  ({ type: "StaticBlock", body: [b.statement(expression)] }) as unknown as Node;

/** `class K {}` → `let K = $.complete(class K {});`   `(class {})` → `$.complete(class {})` */
function complete({ cls }: Rewriting, parent: { node: Node; key: string }): void {
  if (cls.type === "ClassExpression")
    return replaceChild(parent.node, parent.key, cls, b.runtime("complete", cls as Expression));
  const expression = { ...cls, type: "ClassExpression" } as unknown as Expression;
  const name = (cls.id as { name: string }).name;
  const declaration = b.at(b.declare("let", name, b.runtime("complete", expression)), cls);
  b.at(declaration.declarations[0] as Node, cls);
  replaceChild(parent.node, parent.key, cls, declaration as Statement);
}
