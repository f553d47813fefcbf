/** Expressions: a call may stand in every operand. Each is printed in parentheses, so that only evaluation order matters. */
import { classKids, classTail } from "./classes.ts";
import { pausingAccessor } from "./functions.ts";
import type { Kind } from "./scope.ts";
import type { Constructs, Part } from "./tree.ts";

const key = ({ choose }: Part, digit = 0): string => choose(["a", "b", "c"], digit);

/** An object that is certainly there: a declared one, or whatever the kid gives, made an object. */
const object = ({ node, scope, kid }: Part, index: number): string => {
  const name = scope.reference(node.pick, "", "object");
  return name === "" || node.pick % 3 === 0 ? `object(${kid(index)})` : name;
};

const member = (part: Part, index: number): string =>
  part.node.pick % 2 === 0 ? `${object(part, index)}.${key(part)}` : `${object(part, index)}[key(${part.kid(index)})]`;

const callee = ({ node, scope }: Part, kind: Kind, fallback: string): string =>
  scope.reference(node.pick, fallback, kind);

/** The last argument may be spread. */
const argumentList = ({ node }: Part, texts: readonly string[]): string =>
  texts
    .map((text, index) => (index === texts.length - 1 && node.pick % 5 === 0 ? `...list(${text})` : text))
    .join(", ");

export const expressions: Constructs = {
  leaf: {
    sort: "expression",
    kids: [],
    weight: 12,
    print: ({ node, scope, choose }) =>
      choose(
        [
          scope.reference(node.pick, "1"),
          scope.reference(node.pick + 1, "2"),
          choose(["0", "1", "2", "3", "10"], 2),
          choose(['"a"', '"b"', '""', '"xyz"'], 2),
          choose(["null", "undefined", "true", "false", "-0", scope.allowed.this ? "this" : "1"], 2),
        ],
        1,
      ),
  },
  ambient: {
    sort: "expression",
    kids: ["expression"],
    print: ({ scope: { allowed }, choose, kid }) =>
      choose([
        ...(allowed.arguments
          ? ["arguments[0]", "arguments.length", `(arguments[0] = ${kid(0)})`, "list([...arguments])"]
          : []),
        ...(allowed.newTarget ? ["new.target"] : []),
        ...(allowed.superProperty
          ? [
              "super.a",
              `super[key(${kid(0)})]`,
              `(super.b = ${kid(0)})`,
              `(super.a += ${kid(0)})`,
              `super.m?.(${kid(0)})`,
            ]
          : []),
        ...(allowed.privateName
          ? [
              "this.#p",
              `(this.#p = ${kid(0)})`,
              `(this.#p += ${kid(0)})`,
              "this.#p++",
              `([this.#p = ${kid(0)}] = [])`,
              `this.#q(${kid(0)})`,
              "(#p in this)",
              "this?.#p",
            ]
          : []),
        allowed.this ? "typeof this" : kid(0),
      ]),
  },
  pause: { sort: "expression", kids: ["expression"], weight: 8, print: ({ kid }) => `pause(${kid(0)})` },
  log: { sort: "expression", kids: ["expression"], weight: 4, print: ({ kid }) => `log(${kid(0)})` },
  binary: {
    sort: "expression",
    kids: ["expression", "expression"],
    weight: 5,
    print: ({ kid, choose }) =>
      `((${kid(0)}) ${choose(["+", "-", "*", "<", "===", "!=", "|", ">>>", ",", "**", "%"])} ${kid(1)})`,
  },
  relation: {
    sort: "expression",
    kids: ["expression", "expression"],
    print: (part) =>
      part.node.pick % 2 === 0
        ? `(key(${part.kid(0)}) in ${object(part, 1)})`
        : `(${object(part, 0)} instanceof ${callee(part, "class", "Object")})`,
  },
  logical: {
    sort: "expression",
    kids: ["expression", "expression"],
    weight: 3,
    print: ({ kid, choose }) => `(${kid(0)} ${choose(["&&", "||", "??"])} ${kid(1)})`,
  },
  conditional: {
    sort: "expression",
    kids: ["expression", "expression", "expression"],
    weight: 2,
    print: ({ kid }) => `(${kid(0)} ? ${kid(1)} : ${kid(2)})`,
  },
  unary: {
    sort: "expression",
    kids: ["expression"],
    print: ({ kid, choose }) => `(${choose(["!", "- ", "typeof ", "void ", "+ ", "~"])}${kid(0)})`,
  },
  template: {
    sort: "expression",
    kids: ["expression", "expression"],
    weight: 2,
    print: ({ kid }) => `\`<\${text(${kid(0)})}-\${text(${kid(1)})}>\``,
  },
  tagged: {
    sort: "expression",
    kids: ["expression", "expression"],
    print: (part) =>
      `${part.choose(["tag", "(0, tag)", "tools.tag", callee(part, "function", "tag")])}\`a\${${part.kid(0)}}\\u0062\${${part.kid(1)}}\``,
  },
  array: {
    sort: "expression",
    kids: ["expression"],
    repeat: 4,
    weight: 2,
    print: (part) => `[${argumentList(part, part.rest(0))}]`,
  },
  literal: {
    sort: "expression",
    kids: ["property"],
    repeat: 4,
    weight: 2,
    print: ({ rest, scope }) => `({ ${rest(0, scope).join(", ")} })`,
  },
  /** Accessors that may switch: an access by name, of a property that only accessors have. */
  accessed: {
    sort: "expression",
    kids: ["expression", "expression"],
    weight: 3,
    print: (part) => {
      const base = part.choose([object(part, 0), `new ${callee(part, "class", "Lazy")}(${part.kid(0)})`, "new Lazy()"]);
      return part.choose(
        [`${base}.g`, `(${base}.g = ${part.kid(1)})`, `${base}?.g`, `(typeof ${base}.g)`, `new Lazy()?.g`],
        1,
      );
    },
  },
  accessedLiteral: {
    sort: "expression",
    kids: ["block", "expression", "property"],
    repeat: 2,
    print: (part) =>
      `(hidden({ ${pausingAccessor(part, "", ",")}, ${part.rest(2).join(", ")} }).g${part.choose(["", " = pause(2)"])})`,
  },
  read: { sort: "expression", kids: ["expression"], weight: 3, print: (part) => member(part, 0) },
  assign: {
    sort: "expression",
    kids: ["expression", "expression"],
    weight: 4,
    print: (part) => {
      const target =
        part.node.pick % 3 === 0 ? member(part, 0) : part.scope.reference(part.node.pick, member(part, 0), "any");
      return `(${target} ${part.choose(["=", "=", "+=", "-=", "*=", "||=", "&&=", "??="], 1)} ${part.kid(1)})`;
    },
  },
  assignPattern: {
    sort: "expression",
    kids: ["expression", "expression", "expression"],
    print: (part) => {
      const variable = part.scope.reference(part.node.pick, "object(0).a", "any");
      return part.node.pick % 2 === 0
        ? `([${member(part, 0)} = ${part.kid(1)}, , ...${variable}] = list(${part.kid(2)}))`
        : `({ a: ${variable} = ${part.kid(1)}, [key(${part.kid(0)})]: ${member(part, 0)}, ...object(0).b } = object(${part.kid(2)}))`;
    },
  },
  update: {
    sort: "expression",
    kids: ["expression"],
    weight: 2,
    print: (part) => {
      const target =
        part.node.pick % 2 === 0 ? member(part, 0) : part.scope.reference(part.node.pick, member(part, 0), "any");
      return part.choose([`(${target}++)`, `(${target}--)`, `(++${target})`, `(--${target})`], 1);
    },
  },
  remove: { sort: "expression", kids: ["expression"], print: (part) => `(delete ${member(part, 0)})` },
  call: {
    sort: "expression",
    kids: ["expression"],
    repeat: 3,
    weight: 6,
    print: (part) => `${callee(part, "function", "pause")}(${argumentList(part, part.rest(0))})`,
  },
  method: {
    sort: "expression",
    kids: ["expression", "expression"],
    weight: 4,
    print: (part) => {
      const args = argumentList(part, part.rest(1));
      const base = object(part, 0);
      return part.choose(
        [
          `${base}.m?.(${args})`,
          `${base}[mkey(${part.kid(0)})]?.(${args})`,
          `(${base}?.m)?.(${args})`,
          `${base}?.n?.m(${args})`,
          `fn(${base}.m).call(${base}, ${args})`,
          `fn(${base}.m).apply(${base}, [${args}])`,
          `${callee(part, "function", "pause")}.call(${part.choose(["1", '"s"', "null", "undefined", base], 2)}, ${args})`,
          `${callee(part, "function", "pause")}.bind(${base}, ${part.kid(1)})(2)`,
          `Reflect.apply(${callee(part, "function", "pause")}, ${base}, [${args}])`,
        ],
        1,
      );
    },
  },
  optional: {
    sort: "expression",
    kids: ["expression", "expression"],
    weight: 2,
    print: ({ kid, choose }) =>
      choose([
        `${kid(0)}?.a`,
        `${kid(0)}?.[key(${kid(1)})]`,
        `fn(${kid(0)})?.(${kid(1)})`,
        `null?.a.b(${kid(1)})`,
        `(delete object(${kid(0)})?.a?.[${kid(1)}])`,
        `object(${kid(0)}).a?.m?.(${kid(1)}).b`,
      ]),
  },
  construct: {
    sort: "expression",
    kids: ["expression"],
    repeat: 2,
    weight: 3,
    print: (part) => {
      const [maker, args] = [callee(part, "class", "Box"), argumentList(part, part.rest(0))];
      return part.choose(
        [
          `new ${maker}(${args})`,
          `new ${maker}(${args})`,
          `make(${maker}, ${args})`,
          `new (derive(${maker}))(${args})`,
          `Reflect.construct(${maker}, [${args}], derive(${maker}))`,
          `new (function (x) { this.a = x; this.b = pause(new.target === undefined); })(${args})`,
        ],
        1,
      );
    },
  },
  arrow: {
    sort: "expression",
    kids: ["func", "expression"],
    weight: 2,
    print: ({ kid, choose, scope }) =>
      choose([`(${kid(0)})`, `(() => ${kid(1, scope.within({ generator: false, async: false }))})`]),
  },
  invoked: { sort: "expression", kids: ["func"], repeat: 1, weight: 2, print: ({ kid }) => `fn((${kid(0)}))(1, 2)` },
  classExpression: {
    sort: "expression",
    kids: classKids,
    repeat: 3,
    print: (part) => `(class ${part.node.pick % 2 === 0 ? "" : part.scope.fresh("N")}${classTail(part)})`,
  },
  produce: {
    sort: "expression",
    kids: ["expression"],
    weight: 2,
    print: (part) => {
      const source = `${callee(part, "generator", "count")}(${part.kid(0)})`;
      return part.choose(
        [
          `[...${source}]`,
          `log(...closing(${part.kid(0)}))`,
          `Array.from(${source})`,
          `${source}.next().value`,
          `${callee(part, "iterator", `${source}`)}.next(${part.kid(0)}).value`,
          `${callee(part, "iterator", source)}.return(${part.kid(0)}).value`,
          `${callee(part, "iterator", source)}.throw(${part.kid(0)})`,
        ],
        1,
      );
    },
  },
  yield: {
    sort: "expression",
    kids: ["expression"],
    weight: 3,
    print: (part) =>
      part.scope.allowed.generator
        ? `(yield${part.node.pick % 4 === 0 ? `* ${part.choose([callee(part, "generator", "count"), "closing"], 3)}(${part.kid(0)})` : ` ${part.kid(0)}`})`
        : part.kid(0),
  },
  await: {
    sort: "expression",
    kids: ["expression"],
    print: ({ scope, kid }) => (scope.allowed.async ? `(await ${kid(0)})` : kid(0)),
  },
  start: {
    sort: "expression",
    kids: ["expression"],
    print: (part) => `settle(${callee(part, "async", "later")}(${part.kid(0)}))`,
  },
  callback: {
    sort: "expression",
    kids: ["expression", "expression"],
    weight: 2,
    print: ({ kid, choose, scope }) => {
      const inner = scope.within({ generator: false, async: false });
      const item = scope.fresh("x");
      inner.declare(item);
      const call = choose(["map", "filter", "forEach", "some", "every", "find", "findLast", "findIndex", "flatMap"]);
      return choose(
        [
          `list(${kid(0)}).${call}((${item}) => ${kid(1, inner)})`,
          `[3, 1, 2].reduce((s, ${item}) => s + num(${kid(1, inner)}), 0)`,
          `"abc".replace(/[ab]/g, (${item}) => text(${kid(1, inner)}))`,
          `Array.from([1, 2], (${item}) => ${kid(1, inner)})`,
          `[1, 2, 3].${choose(["reduceRight", "reduce"])}((s, ${item}) => [s, ${kid(1, inner)}])`,
          `new ${choose(["Set([1, 2])", "Map([[1, 2]])"])}.forEach((${item}) => ${kid(1, inner)})`,
          `${choose(["Object", "Map"])}.groupBy(list(${kid(0)}), (${item}) => text(${kid(1, inner)}))`,
          `JSON.stringify({ a: 1, b: [2] }, (k, ${item}) => (k === "a" ? text(${kid(1, inner)}) : ${item}))`,
          `JSON.parse("[1, [2]]", (k, ${item}) => log(k, text(${kid(1, inner)})))`,
          `count(${kid(0)}).${choose(["map", "filter", "flatMap"])}((${item}) => list(${kid(1, inner)})).toArray()`,
          `new ${choose(["Set", "Map"])}(closing([${kid(0)}, 1]))`,
          `each(list(${kid(0)}), (${item}) => ${kid(1, inner)})`,
          `list(${kid(0)}).map(function (${item}) { return [typeof this, ${item}]; }, ${kid(1, scope)})`,
        ],
        1,
      );
    },
  },
};
