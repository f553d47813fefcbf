/**
 * instance — the fields of instances, from the first one that may switch, in a private method that the constructor calls.
 *
 *   In     class K { a = pause(); #b = this.a; }
 *   Out    class K { constructor() { this.#initialise(); }  #initialise() { $.put(this, "a", pause()); this.#b2 = this.a; }  … }
 *   Keeps  a method has what an initialiser has: `this`, `super`, private names, the class's own scope, no `new.target`
 */
import type { Expression, Node } from "@babel/types";
import * as b from "../emit/build.ts";
import { initialiseIn } from "./constructors.ts";
import type { Member, Rewriting } from "./index.ts";
import { keepKeys } from "./keys.ts";
import { arrowOf, method, moveMember, privateMember, privateName } from "./member.ts";

export function moveInstanceFields(rewriting: Rewriting, members: Member[]): void {
  const { cls, privates, early } = rewriting;
  const name = privates.fresh("initialise");
  const keys = keepKeys(rewriting, members);
  const body = members.map((member) => moveMember(rewriting, member, keys, () => b.id("keys")));
  const initialise = b.at(method(privateName(name), body), members[0] as Node);
  if (keys.name !== null) Object.assign(initialise, { params: [b.id("keys")] });
  cls.body.body.unshift(initialise as never);
  const isEarly = initialiseIn(cls, () =>
    b.call(privateMember(name), keys.name === null ? [] : [privateMember(keys.name, classBy(keys.name))]),
  );
  if (isEarly) early.add(isEarly);
}

/** The class, in its constructor: the one on the way up from `new.target` that has `#mark`. */
export function classBy(mark: string): Expression {
  return b.runtime("own", b.newTarget(), arrowOf("one", b.binary("in", privateName(mark) as Expression, b.id("one"))));
}
