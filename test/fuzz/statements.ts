/** Statements. Every loop asks `go()` before each turn, every function asks `out()`: all programs end. */
import { classKids, classTail } from "./classes.ts";
import { callable, pausingAccessor, type Form } from "./functions.ts";
import type { Kind, Scope } from "./scope.ts";
import type { Construct, Constructs, Node, Part } from "./tree.ts";

/** Declares `name`, now that its initialiser is printed. */
function declared(part: Part, prefix: string, kind: Kind, print: (name: string) => string, early = false): string {
  const name = part.scope.fresh(prefix);
  part.scope.declare(name, kind, early);
  const text = print(name);
  part.scope.declare(name, kind);
  return text;
}

function functionStatement(form: Form, kind: Kind, keyword: string): Construct {
  return {
    sort: "statement",
    kids: ["pattern", "pattern", "block"],
    weight: kind === "function" ? 3 : 1,
    print: (part) =>
      declared(
        part,
        "f",
        kind,
        (name) => {
          const { params, body } = callable(part, form);
          return `${keyword} ${name}(${params}) ${body} ${kept(kind, name)}`;
        },
        true,
      ),
  };
}

/** What is declared is used, too: when the rest of the program is over. */
function kept(kind: Kind, name: string): string {
  if (kind === "generator") return `keep(() => [...${name}(1)]);`;
  if (kind === "class") return `keep(() => new ${name}(1).m?.(2));`;
  return kind === "async" ? `keep(() => settle(${name}(1)));` : `keep(${name});`;
}

/** A loop, with a label in one case of three: both jumps may name it. */
function loop({ node, scope }: Part, print: (inside: Scope) => string): string {
  const label = node.pick % 3 === 0 ? scope.fresh("l") : null;
  const labels = label === null ? [] : [label];
  const inside = scope.block({
    break: true,
    continue: true,
    labels: [...scope.jumps.labels, ...labels],
    loopLabels: [...scope.jumps.loopLabels, ...labels],
  });
  return `${label === null ? "" : `${label}: `}${print(inside)}`;
}

export const statements: Constructs = {
  logStatement: { sort: "statement", kids: ["expression"], weight: 6, print: ({ kid }) => `log(${kid(0)});` },
  expressionStatement: { sort: "statement", kids: ["expression"], weight: 5, print: ({ kid }) => `${kid(0)};` },
  let: {
    sort: "statement",
    kids: ["expression"],
    weight: 5,
    print: (part) => declared(part, "v", "any", (name) => `let ${name} = ${part.kid(0)};`),
  },
  const: {
    sort: "statement",
    kids: ["expression"],
    weight: 2,
    print: (part) =>
      declared(part, "c", part.node.pick % 8 === 0 ? "any" : "constant", (name) => `const ${name} = ${part.kid(0)};`),
  },
  var: {
    sort: "statement",
    kids: ["expression"],
    weight: 2,
    print: (part) => declared(part, "w", "any", (name) => `var ${name} = ${part.kid(0)};`, true),
  },
  pattern: {
    sort: "statement",
    kids: ["pattern"],
    weight: 2,
    print: ({ kid, choose }) => `${choose(["let", "var", "const"])} ${initialised(kid(0))};`,
  },
  iteratorPattern: {
    sort: "statement",
    kids: ["pattern", "expression", "expression"],
    print: ({ node, kid, choose, scope }) => {
      const source = choose(
        [`closing(${kid(1)})`, `${scope.reference(0, "count", "generator")}(${kid(1)})`, "[, , 3]"],
        1,
      );
      // As an expression it could stand in a parameter, where the iterator can't switch: see limits.
      if (node.pick % 4 === 0)
        return `([object(0).a = ${kid(2)}, , ...${scope.reference(node.pick, "object(0).b", "any")}] = ${source});`;
      const [first, second] = [kid(0), scope.fresh("v")];
      const text = `${choose(["let", "const", "var"])} [${first}, ${second} = ${kid(2)}${choose(["", ", , ...[]"], 2)}] = ${source};`;
      scope.declare(second);
      return text;
    },
  },
  pausingObject: {
    sort: "statement",
    kids: ["block", "expression", "property"],
    repeat: 2,
    weight: 2,
    print: (part) =>
      declared(
        part,
        "o",
        "object",
        (name) => `const ${name} = hidden({ ${pausingAccessor(part, "", ",")}, ${part.rest(2).join(", ")} });`,
      ),
  },
  /** In sloppy files the name is a variable of the function, too. */
  blockFunction: {
    sort: "statement",
    kids: ["pattern", "pattern", "block", "expression"],
    print: (part) => {
      const name = part.scope.fresh("f");
      const inner = part.scope.block();
      inner.declare(name, "function");
      const { params, body } = callable(part, "function", inner);
      return `log(typeof ${name}); { log(${part.kid(3, inner)}); function ${name}(${params}) ${body} } log(typeof ${name});`;
    },
  },
  object: {
    sort: "statement",
    kids: ["property"],
    repeat: 4,
    weight: 4,
    print: (part) =>
      declared(
        part,
        "o",
        "object",
        (name) => `const ${name} = { a: 1, m(x) { return log(x); }, ${part.rest(0).join(", ")} };`,
      ),
  },
  functionDeclaration: functionStatement("function", "function", "function"),
  generatorDeclaration: functionStatement("generator", "generator", "function*"),
  asyncDeclaration: functionStatement("async", "async", "async function"),
  asyncGeneratorDeclaration: functionStatement("async generator", "asyncGenerator", "async function*"),
  arrowDeclaration: {
    sort: "statement",
    kids: ["pattern", "pattern", "block"],
    weight: 2,
    print: (part) =>
      declared(part, "f", "function", (name) => {
        const { params, body } = callable(part, "arrow");
        return `const ${name} = (${params}) => ${body}; ${kept("function", name)}`;
      }),
  },
  classDeclaration: {
    sort: "statement",
    kids: classKids,
    repeat: 4,
    weight: 3,
    print: (part) => declared(part, "K", "class", (name) => `class ${name}${classTail(part)} ${kept("class", name)}`),
  },
  iterator: {
    sort: "statement",
    kids: ["expression"],
    weight: 2,
    print: (part) =>
      declared(
        part,
        "i",
        "iterator",
        (name) => `const ${name} = ${part.scope.reference(part.node.pick, "count", "generator")}(${part.kid(0)});`,
      ),
  },
  keep: {
    sort: "statement",
    kids: ["expression"],
    weight: 3,
    print: ({ kid, scope }) => `keep(() => ${kid(0, scope.within({ generator: false, async: false }))});`,
  },
  if: {
    sort: "statement",
    kids: ["expression", "block", "block"],
    weight: 3,
    print: ({ kid, scope, node }) =>
      `if (${kid(0)}) { ${kid(1, scope.block())} }${node.pick % 2 === 0 ? "" : ` else { ${kid(2, scope.block())} }`}`,
  },
  nested: { sort: "statement", kids: ["block"], print: ({ kid, scope }) => `{ ${kid(0, scope.block())} }` },
  labelled: {
    sort: "statement",
    kids: ["block"],
    print: ({ kid, scope }) => {
      const label = scope.fresh("l");
      return `${label}: { ${kid(0, scope.block({ labels: [...scope.jumps.labels, label] }))} }`;
    },
  },
  for: {
    sort: "statement",
    kids: ["expression", "expression", "block"],
    weight: 4,
    print: (part) =>
      loop(part, (inside) => {
        const name = inside.fresh("v");
        inside.declare(name);
        const start = part.kid(0);
        const captured = part.choose(["", `, h${name} = () => ${name}`, `, [h${name} = keep(() => ${name})] = []`], 3);
        return `for (${part.choose(["let", "let", "var"], 1)} ${name} = num(${start})${captured}; go() && ${name} < 14; ${name}++, ${part.choose(["0", part.kid(1, inside)], 2)}) { ${part.kid(2, inside.block())} }`;
      }),
  },
  while: {
    sort: "statement",
    kids: ["expression", "block"],
    print: (part) => loop(part, (inside) => `while (go() && ${part.kid(0)}) { ${part.kid(1, inside)} }`),
  },
  doWhile: {
    sort: "statement",
    kids: ["expression", "block"],
    print: (part) => loop(part, (inside) => `do { ${part.kid(1, inside)} } while (go() && ${part.kid(0)});`),
  },
  forOf: {
    sort: "statement",
    kids: ["expression", "block"],
    weight: 4,
    print: (part) =>
      loop(part, (inside) => {
        const source = part.choose(
          [
            `list(${part.kid(0)})`,
            "[1, 2, 3]",
            `${part.scope.reference(part.node.pick, "count", "generator")}(${part.kid(0)})`,
            `new Set([1, ${part.kid(0)}])`,
            `closing(${part.kid(0)})`,
            part.scope.reference(part.node.pick, "count(0)", "iterator"),
          ],
          1,
        );
        const name = inside.fresh("v");
        const target = part.choose(
          [
            `let ${name}`,
            `const ${name}`,
            `var ${name}`,
            "object(0).a",
            `[${part.scope.reference(part.node.pick, "this.a", "any")}]`,
          ],
          2,
        );
        if (target.endsWith(name)) inside.declare(name);
        return `for (${target} of ${source}) { if (!go()) break; ${part.kid(1, inside.block())} }`;
      }),
  },
  forOfPattern: {
    sort: "statement",
    kids: ["expression", "expression", "block"],
    print: (part) =>
      loop(part, (inside) => {
        const [first, second] = [inside.fresh("v"), inside.fresh("v")];
        const fallback = part.kid(1, inside);
        inside.declare(first);
        inside.declare(second);
        return `for (let { a: ${first} = ${fallback}, ...${second} } of [object(${part.kid(0)}), { b: 1 }]) { if (!go()) break; ${part.kid(2, inside.block())} }`;
      }),
  },
  forIn: {
    sort: "statement",
    kids: ["expression", "block"],
    print: (part) =>
      loop(part, (inside) => {
        const name = inside.fresh("v");
        inside.declare(name);
        return `for (const ${name} in object(${part.kid(0)})) { if (!go()) break; ${part.kid(1, inside.block())} }`;
      }),
  },
  forUsing: {
    sort: "statement",
    kids: ["expression", "expression", "block"],
    print: (part) =>
      loop(part, (inside) => {
        const name = inside.fresh("u");
        inside.declare(name, "constant");
        return `for (using ${name} of [resource(${part.kid(0)}), null, resource(${part.kid(1)})]) { if (!go()) break; ${part.kid(2, inside.block())} }`;
      }),
  },
  forAwait: {
    sort: "statement",
    kids: ["expression", "block"],
    print: (part) =>
      loop(part, (inside) => {
        const name = inside.fresh("v");
        inside.declare(name);
        const plain = part.choose([`list(${part.kid(0)})`, `closing(${part.kid(0)})`, `count(${part.kid(0)})`], 1);
        const { async } = part.scope.allowed;
        const source =
          async && part.node.pick % 2 === 0
            ? `${part.scope.reference(part.node.pick, "several", "asyncGenerator")}(${part.kid(0)})`
            : plain;
        return `for ${async ? "await " : ""}(const ${name} of ${source}) { if (!go()) break; ${part.kid(1, inside.block())} }`;
      }),
  },
  switch: {
    sort: "statement",
    kids: ["expression", "expression", "block", "block", "block"],
    weight: 2,
    print: ({ kid, scope, choose }) => {
      const inside = scope.block({ break: true });
      const cases = [
        `case ${kid(1, inside)}: ${kid(2, inside)}`,
        `${choose(["default", "case 1"], 1)}: ${kid(3, inside)} ${choose(["", "break;"], 2)}`,
        `case "a": ${kid(4, inside)}`,
      ];
      return `switch (${kid(0)}) { ${cases.join(" ")} }`;
    },
  },
  try: {
    sort: "statement",
    kids: ["block", "block", "block"],
    weight: 6,
    print: ({ kid, scope, choose }) => {
      const caught = scope.fresh("e");
      const inCatch = scope.block();
      const binding = choose(["", "", `{ length: ${caught} = pause(1) }`, null], 1);
      if (binding !== null) inCatch.declare(caught);
      const head = binding === null ? "" : `(${binding === "" ? caught : binding})`;
      const handler = `catch ${head} { log("caught"${binding === null ? "" : `, ${caught}`}); ${kid(1, inCatch)} }`;
      const end = `finally { log("finally"); ${kid(2, scope.block())} }`;
      return `try { ${kid(0, scope.block())} } ${choose([handler, end, `${handler} ${end}`])}`;
    },
  },
  throw: { sort: "statement", kids: ["expression"], print: ({ kid }) => `throw ${kid(0)};` },
  jump: {
    sort: "statement",
    kids: ["expression"],
    weight: 3,
    print: ({ kid, scope: { allowed, jumps }, choose }) => {
      const jump = choose([
        ...(allowed.return ? [`return ${kid(0)};`] : []),
        ...(jumps.break ? ["break;"] : []),
        ...(jumps.continue ? ["continue;"] : []),
        ...jumps.labels.map((label) => `break ${label};`),
        ...jumps.loopLabels.map((label) => `continue ${label};`),
        ";",
      ]);
      return choose([jump, `if (${kid(0)}) ${jump}`], 1);
    },
  },
  using: {
    sort: "statement",
    kids: ["expression"],
    print: (part) =>
      declared(
        part,
        "u",
        "constant",
        (name) =>
          `${part.scope.allowed.async && part.node.pick % 2 === 0 ? "await " : ""}using ${name} = resource(${part.kid(0)});`,
      ),
  },
  block: {
    sort: "block",
    kids: ["statement"],
    repeat: 3,
    print: ({ rest, scope, node }) => withHoisted(node, () => rest(0, scope)),
  },
};

/** Declared without a value, but for patterns and constants. */
const initialised = (pattern: string): string => (/^v\d+$/.test(pattern) ? `${pattern} = pause(0)` : pattern);

/** A `using` declaration may not stand directly in a case clause, so lists that have one get a block of their own. */
function withHoisted(node: Node, print: () => readonly string[]): string {
  const text = print().join("\n");
  return node.kids.some(({ kind }) => kind === "using") ? `{ ${text} }` : text;
}
