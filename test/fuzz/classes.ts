/** Classes: what they extend, their constructors, their members. */
import { accessor, method, pausingAccessor } from "./functions.ts";
import type { Scope } from "./scope.ts";
import type { Constructs, Part, Sort } from "./tree.ts";

/** A call's argument, what comes before and behind `super()`, the members. */
export const classKids: readonly Sort[] = ["expression", "block", "block", "member"];

/** ` extends …{ members }`; private names and `super` are allowed in its members. */
export function classTail(part: Part): string {
  const parent = heritage(part);
  const inside = part.scope.within({
    this: true,
    privateName: true,
    superProperty: true,
    generator: false,
    async: false,
    arguments: false,
    newTarget: true,
    return: false,
  });
  return `${parent === "" ? "" : ` extends ${parent}`} { #p = 1; #q(x) { log("#q", x); return this.#p; } ${classConstructor(part, parent !== "", inside)} ${part.rest(3, inside).join(" ")} }`;
}

/** The classes in reach are of this file, of the library (compiled on its own) and of `foreign` (not compiled). */
function heritage({ node, scope, kid, choose }: Part): string {
  const known = scope.reference(node.pick, "Box", "class");
  return choose(["", "", "", known, known, known, `choose(${kid(0)}, ${known})`, `derive(${known})`, "Error"]);
}

function classConstructor(part: Part, derived: boolean, inside: Scope): string {
  // A derived constructor that returns a primitive fails at another place: see limits.
  const body = inside.within({ arguments: true, return: !derived });
  body.declare("given");
  const guard = "if (out()) throw 0;";
  // Arrows that mention `this` and are suspended before `super()`: see limits.
  const early = derived ? body.within({ this: false, privateName: false, superProperty: false }) : body;
  const argument = part.kid(0, early);
  if (!derived)
    return part.choose(
      [
        () => "",
        () => `constructor(given) { ${guard} this.a = ${argument}; this.b = log(given); }`,
        () =>
          `constructor(given = ${argument}) { ${guard} ${part.kid(1, body)} this.b = log(given); ${part.kid(2, body)} }`,
      ],
      2,
    )();
  const before = (scope = early.block()): string => part.kid(1, scope);
  const after = (): string => part.kid(2, body);
  return part.choose(
    [
      () => "",
      () => `constructor(given = ${argument}) { ${guard} super(pause(given)); log(new.target === this.constructor); }`,
      () =>
        `constructor(given) { ${guard} const up = (x) => super(x, ${argument}); ${before(early)} up(given); this.c = log(given); }`,
      () =>
        `constructor(...given) { ${guard} try { log(this.a); } catch { log("early"); } super(...given, ${argument}); this.c = ${argument}; ${after()} }`,
      () => `constructor(given) { ${guard} ${before(early)} super(given, ${argument}); ${after()} }`,
      () =>
        `constructor(given) { ${guard} try { ${before()} super(${argument}); } catch (e) { log(e); super(given); } finally { log("made"); } ${after()} }`,
      () =>
        `constructor(given) { ${guard} if (given) { super(${argument}); } else { ${before()} super(); } ${after()} return pause(given) ? this : object(given); }`,
      () =>
        `constructor(given) { ${guard} super(given); try { super(${argument}); } catch (e) { log("twice", e); } ${after()} }`,
    ],
    2,
  )();
}

const outsideOf = (part: Part): Scope => part.scope.within({ superProperty: false, newTarget: false });

export const members: Constructs = {
  methodMember: {
    sort: "member",
    kids: ["pattern", "pattern", "block"],
    weight: 4,
    print: (part) => method(part, part.choose(["m", "n", "static m", "static n"])),
  },
  generatorMember: {
    sort: "member",
    kids: ["pattern", "pattern", "block"],
    print: (part) => method(part, part.choose(["*m", "*n", "static *m"]), "generator method"),
  },
  computedMember: {
    sort: "member",
    kids: ["pattern", "pattern", "block", "expression"],
    print: (part) => method(part, `[mkey(${part.kid(3, outsideOf(part))})]`),
  },
  accessorMember: {
    sort: "member",
    kids: ["block", "expression"],
    print: (part) => accessor(part, part.choose(["a", "static b", "c", `[key(${part.kid(1, outsideOf(part))})]`]), ""),
  },
  pausingAccessorMember: {
    sort: "member",
    kids: ["block", "expression"],
    weight: 2,
    print: (part) => pausingAccessor(part, part.choose(["", "static "] as const), ""),
  },
  fieldMember: {
    sort: "member",
    kids: ["expression"],
    weight: 3,
    print: ({ choose, kid }) => `${choose(["a", "b", "static a", "static c"])} = ${kid(0)};`,
  },
  privateMember: {
    sort: "member",
    kids: ["expression", "expression"],
    weight: 4,
    print: ({ choose, kid, scope }) => {
      const name = `#${scope.fresh("f")}`;
      const still = choose(["", "", "static "]);
      const member = choose(
        [
          `${still}${name} = ${kid(0)};`,
          `${still}${name}(x) { if (out()) return log(x); return ${kid(0)}; }`,
          `${still}get ${name}() { if (out()) return; return ${kid(0)}; } ${still}set ${name}(v) { log("${name}", pause(v)); }`,
        ],
        1,
      );
      const uses = choose(
        [
          `this?.${name}`,
          `(this.${name} = ${kid(1)})`,
          ...(member.includes(`get ${name}`) ? [] : [`this.${name}?.(${kid(1)})`]), // see limits
        ],
        2,
      );
      return `${member} ${still}${choose(["m", "n"], 1)}() { return [${name} in this, this.${name}, ${uses}]; }`;
    },
  },
  computedFieldMember: {
    sort: "member",
    kids: ["expression", "expression"],
    weight: 2,
    print: (part) => `${part.choose(["", "static "])}[mkey(${part.kid(0, outsideOf(part))})] = ${part.kid(1)};`,
  },
  staticBlock: { sort: "member", kids: ["block"], print: ({ kid }) => `static { ${kid(0)} }` },
};
