/**
 * member — one field as a statement, its place in the class kept by something that can wait.
 *
 *   In     a = pause()                       #b = pause()                          [c()] = pause()
 *   Out    $.put(this, "a", pause())         this.#stored = pause()                $.put(this, keys[0], pause())
 *          in the class: nothing             #stored = $.absent and accessors #b   [$.later("keys", c())]() {}
 *   Keeps  CreateDataPropertyOrThrow; names of anonymous functions; a private field that is not there yet can't be used
 */
import type { Expression, Node, Statement } from "@babel/types";
import * as b from "../emit/build.ts";
import { isAnonymous, withName } from "../settle.ts";
import { copy, isClass, replaceChild, walk } from "../walk.ts";
import type { Member, Rewriting } from "./index.ts";
import { keptKey, placeOf, type Keys } from "./keys.ts";

/** Replaces a member of a class by what keeps its place. @returns the statement that initialises it */
export function moveMember(rewriting: Rewriting, member: Member, keys: Keys, kept: () => Expression): Statement {
  if (member.type === "StaticBlock") return (replaceMember(rewriting, member, []), blockOf(member));
  if (member.type === "ClassPrivateProperty") return privateField(rewriting, member, member.key.id.name);
  if (member.type === "ClassAccessorProperty") return autoAccessor(rewriting, member);
  return publicField(rewriting, member, keys, kept);
}

export function replaceMember({ cls }: Rewriting, member: Node, replacements: Node[]): void {
  const { body } = cls.body;
  body.splice(body.indexOf(member as never), 1, ...(replacements as never[]));
}

/** `static { var x; … }` → `(() => { var x; … })()`, a scope of its own */
function blockOf(block: Extract<Node, { type: "StaticBlock" }>): Statement {
  let hasVar = false;
  walk(block, (node) => void (hasVar ||= node.type === "VariableDeclaration" && node.kind === "var"));
  if (!hasVar) return b.at(b.block(block.body), block);
  return b.at(b.statement(b.call(b.at(b.arrow([], block.body), block), [])), block);
}

function publicField(
  rewriting: Rewriting,
  field: Extract<Node, { type: "ClassProperty" }>,
  keys: Keys,
  kept: () => Expression,
): Statement {
  const { key } = field;
  const value = (field.value as Expression | null | undefined) ?? b.nothing();
  if (!field.computed) {
    replaceMember(rewriting, field, []);
    return b.at(b.statement(define(rewriting, keyOf(key), withName(nameOf(key), value))), field);
  }
  const own = (): Expression => keptKey(keys, field, kept());
  replaceMember(rewriting, field, [placeOf(keys, key as Expression)]);
  const named = isAnonymous(value) ? b.index(b.object([b.keyed(own(), value)]), own()) : value;
  return b.at(b.statement(define(rewriting, own(), named)), field);
}

/** A base class may return a proxy, which sees every step. */
const define = ({ cls }: Rewriting, key: Expression, value: Expression): Expression =>
  b.runtime(cls.superClass ? "field" : "put", b.thisExpression(), key, value);

const keyOf = (key: Node): Expression => (key.type === "Identifier" ? b.string(key.name) : copy(key as Expression));

/** What an anonymous function in a field is called. */
const nameOf = (key: Node): string =>
  key.type === "Identifier"
    ? key.name
    : key.type === "StringLiteral" || key.type === "NumericLiteral" || key.type === "BigIntLiteral"
      ? String(key.value)
      : "";

/**
 * #b = pause()   →   #b2 = $.absent;  get #b() { return $.held(this.#b2, "#b"); }  set #b(value) { $.held(this.#b2, "#b"); this.#b2 = value; }
 * So every use of `#b` stays as it is but `#b in o`, which must not see what is not there yet.
 */
function privateField(
  rewriting: Rewriting,
  field: Extract<Node, { type: "ClassPrivateProperty" }>,
  name: string,
): Statement {
  const stored = rewriting.privates.fresh(name);
  const isStatic = field.static === true;
  replaceMember(rewriting, field, storage(privateName(name), stored, `#${name}`, isStatic));
  checkBrands(rewriting, name, stored);
  return assignStored(field, stored, withName(`#${name}`, (field.value as Expression | null) ?? b.nothing()));
}

/** accessor a = pause()   →   #a = $.absent;  get a() { … }  set a(value) { … } */
function autoAccessor(rewriting: Rewriting, field: Extract<Node, { type: "ClassAccessorProperty" }>): Statement {
  const key = field.key as Node;
  if (key.type === "PrivateName") return privateField(rewriting, field as never, key.id.name);
  const name = nameOf(key);
  const stored = rewriting.privates.fresh(/^[A-Za-z_$][\w$]*$/.test(name) ? name : "stored");
  replaceMember(rewriting, field, storage(key, stored, name, field.static === true));
  return assignStored(field, stored, withName(name, (field.value as Expression | null) ?? b.nothing()));
}

/** #stored = $.absent;  get key() { … }  set key(value) { … } */
function storage(key: Node, stored: string, name: string, isStatic: boolean): Node[] {
  const accessor = (kind: "get" | "set"): Node =>
    method(copy(key), accessorBody(kind, stored, name), { kind, static: isStatic });
  return [privateProperty(stored, b.abi("absent"), isStatic), accessor("get"), accessor("set")];
}

/** A private field of a class: `#name = value`. */
export const privateProperty = (name: string, value: Expression, isStatic: boolean): Node =>
  ({ type: "ClassPrivateProperty", key: privateName(name), value, static: isStatic }) as unknown as Node;

const assignStored = (field: Node, stored: string, value: Expression): Statement =>
  b.at(b.statement(b.assign(privateMember(stored), value)), field);

function accessorBody(kind: "get" | "set", stored: string, name: string): Statement[] {
  const held = b.runtime("held", privateMember(stored), b.string(name));
  if (kind === "get") return [b.ret(held)];
  return [b.statement(held), b.statement(b.assign(privateMember(stored), b.id("value")))];
}

export const privateName = (name: string): Node => ({ type: "PrivateName", id: b.id(name) }) as unknown as Node;

export const privateMember = (name: string, object: Expression = b.thisExpression()) =>
  ({ ...b.member(object, name), property: privateName(name) }) as ReturnType<typeof b.member>;

interface Shape {
  kind?: "method" | "get" | "set" | "constructor";
  static?: boolean;
  computed?: boolean;
}

/** A method of a class: `key() { body }`. */
export function method(key: Node, body: Statement[], shape: Shape = {}): Node {
  return {
    type: key.type === "PrivateName" ? "ClassPrivateMethod" : "ClassMethod",
    kind: "method",
    key,
    params: shape.kind === "set" ? [b.id("value")] : [],
    body: b.block(body),
    computed: false,
    static: false,
    generator: false,
    async: false,
    ...shape,
  } as unknown as Node;
}

/** `param => value` */
export const arrowOf = (param: string, value: Expression): Expression =>
  ({ ...b.arrow([b.id(param)], []), body: value, expression: true }) as Expression;

/** #b in o   →   ((one) => #b2 in one && one.#b2 !== $.absent)(o) */
function checkBrands({ cls }: Rewriting, name: string, stored: string): void {
  const found: { test: Extract<Node, { type: "BinaryExpression" }>; parent: Node; key: string }[] = [];
  walk(cls.body, (node, parent, key) => {
    if (isClass(node) && node.body !== cls.body && declares(node, name)) return false;
    if (node.type === "BinaryExpression" && node.left.type === "PrivateName" && node.left.id.name === name)
      found.push({ test: node, parent: parent as Node, key });
    return true;
  });
  for (const { test, parent, key } of found) {
    const there = b.binary("in", privateName(stored) as Expression, b.id("one"));
    const filled = b.binary("!==", privateMember(stored, b.id("one")), b.abi("absent"));
    const arrow = arrowOf("one", b.logical("&&", there, filled));
    replaceChild(parent, key, test, b.at(b.call(arrow, [test.right]), test));
  }
}

const declares = (cls: Node & { body: { body: Node[] } }, name: string): boolean =>
  cls.body.body.some((member) => {
    const key = (member as { key?: Node }).key;
    return key?.type === "PrivateName" && key.id.name === name;
  });
