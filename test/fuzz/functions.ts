/** Functions of every form, patterns, and the properties of object literals. */
import type { Allowed, Scope } from "./scope.ts";
import type { Constructs, Part } from "./tree.ts";

export type Form = "function" | "arrow" | "method" | "generator" | "generator method" | "async" | "async generator";

const own = { this: true, arguments: true, newTarget: true, return: true };

const allowedIn: Readonly<Record<Form, Partial<Allowed>>> = {
  function: { ...own, generator: false, async: false, superProperty: false },
  arrow: { generator: false, async: false, return: true },
  method: { ...own, generator: false, async: false, superProperty: true },
  generator: { ...own, generator: true, async: false, superProperty: false },
  "generator method": { ...own, generator: true, async: false, superProperty: true },
  async: { ...own, generator: false, async: true, superProperty: false },
  "async generator": { ...own, generator: true, async: true, superProperty: false },
};

/** `(a, [b] = f(), ...c) { body }` of a `func` node, whose kids are two patterns, a default and a block. */
export function callable(
  part: Part,
  form: Form,
  scope: Scope = part.scope,
): { readonly params: string; readonly body: string } {
  const outside = scope.within({ ...allowedIn[form], generator: false, async: false });
  const inside = outside.within({ ...allowedIn[form] });
  if (inside.allowed.async) return asynchronous(part, outside, inside);
  const parameters = [part.kid(0, outside), ...(part.node.pick % 3 === 0 ? [] : [part.kid(1, outside)])];
  // Functions in the parameters of a generator that switches: see limits.
  if (inside.allowed.generator && parameters.some((text) => /=>|function|class /.test(text)))
    return callable(
      { ...part, kid: (index, within) => (index < 2 ? bind(within as Scope) : part.kid(index, within)) },
      form,
      scope,
    );
  if (part.node.pick % 5 === 1) parameters.push(`${restName(outside)}`);
  return {
    params: parameters.join(", "),
    body: `{ ${opening(part, parameters)} if (out()) return; ${part.kid(2, inside)} }`,
  };
}

/** Simple parameters may be declared again, and allow a directive. */
function opening({ choose }: Part, parameters: readonly string[]): string {
  const [first = ""] = parameters;
  if (!parameters.every((text) => /^v\d+$/.test(text))) return "";
  return choose(
    ["", "", "", "", `var ${first};`, `function ${first}() { return pause(arguments.length); }`, '"use strict";'],
    4,
  );
}

/** The host runs asynchronous code, on the main greenlet: all of it comes after an `await`, where `pause` is a plain function. */
function asynchronous(part: Part, outside: Scope, inside: Scope): { readonly params: string; readonly body: string } {
  return {
    params: `${bind(outside)}, ${bind(outside)}`,
    body: `{ await null; if (out()) return; ${part.kid(2, inside)} }`,
  };
}

function restName(scope: Scope): string {
  const name = scope.fresh("r");
  scope.declare(name);
  return `...${name}`;
}

export const functions: Constructs = {
  /** An expression that is a function; declarations and methods use `callable` with a form of their own. */
  func: {
    sort: "func",
    kids: ["pattern", "pattern", "block"],
    print: (part) => {
      const form = part.choose(["arrow", "arrow", "function", "generator", "async", "async arrow"] as const, 3);
      if (form === "async arrow") {
        const { params, body } = asynchronous(
          part,
          part.scope.within({ ...allowedIn.arrow }),
          part.scope.within({ ...allowedIn.arrow, async: true }),
        );
        return `async (${params}) => ${body}`;
      }
      if (form === "arrow") {
        const { params, body } = callable(part, form);
        return `(${params}) => ${body}`;
      }
      const outside = part.scope.block();
      const name = part.node.pick % 2 === 0 ? "" : outside.fresh("n");
      if (name !== "") outside.declare(name); // an assignment to it is lost, or fails in strict code
      const { params, body } = callable(part, form, outside);
      return {
        function: `function ${name}(${params}) ${body}`,
        generator: `function* ${name}(${params}) ${body}`,
        async: `async function ${name}(${params}) ${body}`,
      }[form];
    },
  },
  name: { sort: "pattern", kids: [], weight: 6, print: ({ scope }) => bind(scope) },
  nameDefault: {
    sort: "pattern",
    kids: ["expression"],
    weight: 3,
    print: ({ scope, kid }) => defaulted(scope, (name) => `${name} = ${kid(0)}`),
  },
  arrayPattern: {
    sort: "pattern",
    kids: ["expression", "pattern"],
    print: ({ scope, kid }) =>
      `[${kid(1)}, , ${defaulted(scope, (name) => `${name} = ${kid(0)}`)}, ...${bind(scope)}] = list(${kid(0)})`,
  },
  objectPattern: {
    sort: "pattern",
    kids: ["expression", "pattern"],
    print: ({ scope, kid }) =>
      `{ a: ${kid(1)}, [key(${kid(0)})]: ${defaulted(scope, (name) => `${name} = ${kid(0)}`)}, ...${bind(scope)} } = object(${kid(0)})`,
  },

  valueProperty: {
    sort: "property",
    kids: ["expression"],
    weight: 3,
    print: ({ choose, kid }) => `${choose(["a", "b", "c"])}: ${kid(0)}`,
  },
  computedProperty: {
    sort: "property",
    kids: ["expression", "expression"],
    print: ({ kid }) => `[key(${kid(0)})]: ${kid(1)}`,
  },
  spreadProperty: { sort: "property", kids: ["expression"], print: ({ kid }) => `...${kid(0)}` },
  methodProperty: {
    sort: "property",
    kids: ["pattern", "pattern", "block"],
    weight: 2,
    print: (part) => method(part, part.choose(["m", "n", `["m"]`])),
  },
  generatorProperty: {
    sort: "property",
    kids: ["pattern", "pattern", "block"],
    print: (part) => method(part, part.choose(["*m", "*n"]), "generator method"),
  },
  shorthandProperty: {
    sort: "property",
    kids: [],
    print: ({ node, scope }) => scope.reference(node.pick, "a: 0", "any"),
  },
  accessorProperty: {
    sort: "property",
    kids: ["block", "expression"],
    print: (part) => accessor(part, part.choose(["a", "b", `[key(${part.kid(1)})]`]), ","),
  },
};

export function method(part: Part, name: string, form: "method" | "generator method" = "method"): string {
  const { params, body } = callable(part, form);
  return `${name}(${params}) ${body}`;
}

/** Most reads of properties are native, and nothing can switch below one: `quiet` makes `pause` answer at once. */
export function accessor({ kid, scope }: Part, name: string, separator: "," | ""): string {
  const still = name.startsWith("static ") ? "static " : "";
  const bare = name.slice(still.length);
  const block = kid(0, scope.within(allowedIn.method));
  return `${still}get ${bare}() { quiet(1); try { if (out()) return; ${block} } finally { quiet(-1); } }${separator} ${still}set ${bare}(v) { log("set", v); }`;
}

/** An accessor that may switch: programs mention `g` only where the compiler knows that it is one. Its kids are a block and an expression. */
export function pausingAccessor({ kid, scope }: Part, still: "" | "static ", separator: "," | ""): string {
  const inside = scope.within(allowedIn.method);
  const value = inside.block();
  value.declare("v");
  return `${still}get g() { if (out()) return; ${kid(0, inside)} }${separator} ${still}set g(v) { if (out()) return; log("set g", v, ${kid(1, value)}); }`;
}

function bind(scope: Scope): string {
  const name = scope.fresh("v");
  scope.declare(name);
  return name;
}

/** The name is in reach only after its default, so that the default is rarely its own. */
function defaulted(scope: Scope, print: (name: string) => string): string {
  const name = scope.fresh("v");
  const text = print(name);
  scope.declare(name);
  return text;
}
