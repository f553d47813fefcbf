/**
 * keys — the computed keys of fields that are initialised later.
 *
 *   In     [a()] = pause();  [b()] = pause();
 *   Out    [$.later("keys", a())]() {}  [$.later("keys", b())]() {}  static #keys = $.keys("keys", this.prototype);
 *   Keeps  keys are evaluated with the class, in their order. The methods that mark the places are gone before any code can see them.
 */
import type { Expression, Node } from "@babel/types";
import * as b from "../emit/build.ts";
import type { Member, Rewriting } from "./index.ts";
import { method, privateProperty } from "./member.ts";

/** Where the computed keys of some members of one class are kept. */
export interface Keys {
  /** The private static field that holds them; null if there are none. */
  name: string | null;
  members: Member[];
}

/** Adds the private static field that holds the computed keys of these members, if any has one. */
export function keepKeys({ cls, privates }: Rewriting, members: Member[]): Keys {
  const keyed = members.filter((member) => "computed" in member && member.computed);
  if (keyed.length === 0) return { name: null, members: [] };
  const name = privates.fresh("keys");
  const kept = b.runtime("keys", b.string(name), b.member(b.thisExpression(), "prototype"));
  cls.body.body.unshift(privateProperty(name, kept, true) as never);
  return { name, members: keyed };
}

/** What stands where a key is evaluated. */
export const placeOf = (keys: Keys, key: Expression): Node =>
  method(b.runtime("later", b.string(keys.name ?? ""), key), [], { computed: true });

/** `keys[1]` */
export const keptKey = (keys: Keys, member: Member, kept: Expression): Expression =>
  b.index(kept, b.number(keys.members.indexOf(member)));
