/** A tree as the text of a program. Any tree has a text: where something is not allowed, a construct prints something else. */
import { constructs, type Program } from "./grammar.ts";
import { names, prelude, start } from "./prelude.ts";
import { Scope, type Allowed, type Kind } from "./scope.ts";
import type { Node, Part } from "./tree.ts";

/** Two files; the library is null when it is empty. */
export interface Sources {
  readonly library: string | null;
  readonly main: string;
}

/** What the library declares is returned by a function that may switch, so that its classes may have static blocks that do. */
export function printProgram({ strict, root: { kids } }: Program): Sources {
  const [library, top, body] = kids as [Node, Node, Node];
  const outermost = new Scope(nothing);
  for (const [kind, known] of Object.entries(names)) known.forEach((name) => outermost.declare(name, kind as Kind));
  const supplied = outermost.within(inFunction);
  const libraryText = printNode(library, supplied);
  const given = `{ ${supplied.own.map(({ name }) => name).join(", ")} }`;
  const file = outermost.within({});
  const topText = printNode(top, file);
  const inside = file.within(inFunction);
  for (const { name, kind } of supplied.own) inside.declare(name, kind);
  const mode = (isStrict: boolean): string => `${isStrict ? '"use strict";\n' : ""}${prelude}\n`;
  return {
    library:
      library.kids.length === 0 ? null : `${mode(!strict)}function supply() {\n${libraryText}\nreturn ${given};\n}\n`,
    main: `${mode(strict)}${topText}\nfunction main() {\n${library.kids.length === 0 ? "" : `const ${given} = supply();\n`}${printMain(body, inside)}\n}\n${start}`,
  };
}

/** In half of the programs, an error ends one statement of `main` and not all of it. */
function printMain(body: Node, scope: Scope): string {
  if (body.pick % 2 === 0) return printNode(body, scope);
  const guarded = body.kids.map((kid) => {
    const known = scope.own.length;
    const text = printNode(kid, scope);
    return scope.own.length > known ? text : `try { ${text} } catch (error) { log("threw", error); }`;
  });
  return guarded.join("\n");
}

const nothing: Allowed = {
  this: true,
  arguments: false,
  newTarget: false,
  return: false,
  generator: false,
  async: false,
  superProperty: false,
  privateName: false,
};

const inFunction: Partial<Allowed> = { arguments: true, newTarget: true, return: true };

function printNode(node: Node, scope: Scope): string {
  const construct = constructs[node.kind];
  if (construct === undefined) throw new Error(`no construct is called ${node.kind}`);
  return construct.print(partOf(node, scope));
}

/** Asking twice for a kid gives the same text: it is printed once per scope, so its names are declared once. */
function partOf(node: Node, scope: Scope): Part {
  const printed = new Map<Scope, Map<number, string>>();
  const kid = (index: number, inside = scope): string => {
    const texts = printed.get(inside) ?? new Map<number, string>();
    printed.set(inside, texts);
    const child = node.kids[index];
    const text = texts.get(index) ?? (child === undefined ? "undefined" : printNode(child, inside));
    texts.set(index, text);
    return text;
  };
  return {
    node,
    scope,
    kid,
    rest: (from, inside) => node.kids.slice(from).map((_, offset) => kid(from + offset, inside)),
    choose: (options, digit = 0) =>
      options[Math.floor(node.pick / 7 ** digit) % options.length] as (typeof options)[number],
  };
}
