/**
 * input — what was typed at the prompt, as a function that can be suspended and whose variables outlive it.
 *
 *   const g = new Greenlet(walk); g.switch(1)   →   void (g = new Greenlet(walk)); return (g.switch(1));
 *   import { walk } from "./walk.ts"            →   void ({ walk } = require("./walk.ts"));
 *   await fetch(url)                            →   return (wait(fetch(url)));
 *
 *   In     source text, TypeScript or JavaScript
 *   Out    the text of a CommonJS module with such a function; lines stay where they are
 */
import { parse, type ParserOptions } from "@babel/parser";
import type { File, ImportDeclaration, Node, Statement, VariableDeclaration } from "@babel/types";
import { isFunction, walk } from "../../walk.ts";

/** What is at the prompt: null while it is not complete. */
export type Input = string | null;

/** @throws SyntaxError for what no further line can mend */
export function readInput(text: string): Input {
  // A lone object literal, not a block.
  if (/^\s*\{[^]*[^;\s]\s*$/.test(text)) {
    const wrapped = `(${text.trimEnd()})`;
    if (isExpression(wrapped)) return moduleOf(wrapped, parse(wrapped, syntax));
  }
  try {
    return moduleOf(text, parse(text, syntax));
  } catch (error) {
    if (isIncomplete(error, text)) return null;
    throw error;
  }
}

const syntax: ParserOptions = {
  sourceType: "script",
  allowAwaitOutsideFunction: true,
  allowImportExportEverywhere: true,
  plugins: ["typescript"],
};

function isExpression(text: string): boolean {
  try {
    const { program } = parse(text, syntax);
    return program.body.length === 1 && program.body[0]?.type === "ExpressionStatement";
  } catch {
    return false;
  }
}

/** The parser stumbled over the end, or over what has no end. */
function isIncomplete(error: unknown, text: string): boolean {
  const { pos = 0, reasonCode = "" } = error as { pos?: number; reasonCode?: string };
  return pos >= text.trimEnd().length || /^Unterminated(?:Template|Comment)$/.test(reasonCode);
}

/** A replacement of text from `start` to `end`; where the two are equal, an insertion. */
type Edit = { start: number; end: number; text: string };

function moduleOf(text: string, { program }: File): string {
  const edits: Edit[] = [];
  const hoisted: string[] = [];
  for (const statement of program.body) outlive(statement, text, edits, hoisted);
  insideActivation(program, (node) => awaited(node, edits));
  const last = program.body.at(-1);
  if (last?.type === "ExpressionStatement") edits.push(...returned(last, text));
  return `exports.input = function () { ${hoisted.join(" ")}${apply(text, edits)}\n};\n`;
}

/** A statement's declarations as assignments to global variables. */
function outlive(statement: Statement, text: string, edits: Edit[], hoisted: string[]): void {
  const [start, end] = range(statement);
  if (statement.type === "FunctionDeclaration" && statement.id) {
    hoisted.push(`${statement.id.name} = ${text.slice(start, end)};`);
    // Line breaks stay, so that the lines of what follows do.
    edits.push({ start, end, text: ";" });
  } else if (statement.type === "ClassDeclaration" && statement.id)
    edits.push(...around(statement, `void (${statement.id.name} = `, ");"));
  else if (statement.type === "TSEnumDeclaration")
    edits.push({ start: end, end, text: `; globalThis.${statement.id.name} = ${statement.id.name};` });
  else if (statement.type === "ImportDeclaration") edits.push({ start, end, text: required(statement) });
  else if (statement.type === "VariableDeclaration" && statement.kind !== "using")
    assigned(statement, edits, "void (", ")");
  else insideActivation(statement, (node, parent, key) => nestedVar(node, parent, key, edits));
}

/** `if (a) { var b = 1; }` → `if (a) { void (b = 1); }`, `for (var b of c)` → `for (b of c)` */
function nestedVar(node: Node, parent: Node | null, key: string, edits: Edit[]): void {
  if (node.type !== "VariableDeclaration" || node.kind !== "var") return;
  const isHead = parent?.type.startsWith("For") === true && key !== "body";
  if (!isHead) assigned(node, edits, "void (", ")");
  else assigned(node, edits, "", "", key === "init");
}

/** `let a: number = 1, b` → `void (a = 1, b = undefined)` */
function assigned(
  { declarations, ...node }: VariableDeclaration,
  edits: Edit[],
  open: string,
  close: string,
  initialise = true,
): void {
  const [start] = range(node as VariableDeclaration);
  edits.push({ start, end: range(declarations[0]!)[0], text: open });
  for (const { id, init } of declarations) {
    if ("typeAnnotation" in id && id.typeAnnotation) {
      const [from, to] = range(id.typeAnnotation);
      edits.push({ start: from, end: to, text: "" });
    }
    const idEnd = range(id)[1];
    if (!init && initialise) edits.push({ start: idEnd, end: idEnd, text: " = undefined" });
  }
  const end = range(declarations.at(-1)!)[1];
  edits.push({ start: end, end, text: close });
}

/** `import a, { b as c } from "d"` → `void (a = require.default("d"), ({ b: c } = require("d")));` */
function required({ specifiers, source, importKind }: ImportDeclaration): string {
  const module = `require(${JSON.stringify(source.value)})`;
  const values = specifiers.filter((one) => !("importKind" in one) || one.importKind !== "type");
  if (importKind === "type" || (specifiers.length > 0 && values.length === 0)) return ";";
  const assignments = values.map((one) => {
    if (one.type === "ImportNamespaceSpecifier") return `${one.local.name} = ${module}`;
    if (one.type === "ImportDefaultSpecifier")
      return `${one.local.name} = require.default(${JSON.stringify(source.value)})`;
    const imported = one.imported.type === "Identifier" ? one.imported.name : JSON.stringify(one.imported.value);
    return `({ ${imported}: ${one.local.name} } = ${module})`;
  });
  return `void (${assignments.length > 0 ? assignments.join(", ") : module});`;
}

/** `await promise` → `wait(promise)` */
function awaited(node: Node, edits: Edit[]): void {
  if (node.type !== "AwaitExpression") return;
  const [start, end] = range(node);
  edits.push({ start, end: start + "await".length, text: "wait(" }, { start: end, end, text: ")" });
}

/** `f();` → `return (f());` Parentheses of its own are part of the statement, not of the expression. */
function returned(statement: Statement, text: string): Edit[] {
  const [start, end] = range(statement);
  const last = text[end - 1] === ";" ? end - 1 : end;
  return [
    { start, end: start, text: "return (" },
    { start: last, end: last, text: ")" },
  ];
}

/** Visits what runs when the input runs: no function's inside. */
function insideActivation(root: Node, visit: (node: Node, parent: Node | null, key: string) => void): void {
  walk(root, (node, parent, key) => {
    if (isFunction(node)) return false;
    visit(node, parent, key);
    return undefined;
  });
}

function around(node: Node, open: string, close: string): Edit[] {
  const [start, end] = range(node);
  return [
    { start, end: start, text: open },
    { start: end, end, text: close },
  ];
}

function range(node: Node): [start: number, end: number] {
  return [node.start ?? 0, node.end ?? 0];
}

/** Edits at one place keep their order; an insertion goes before what begins there. */
function apply(text: string, edits: readonly Edit[]): string {
  let at = 0;
  let result = "";
  for (const { start, end, text: replacement } of edits.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    result += text.slice(at, start) + replacement;
    at = Math.max(at, end);
  }
  return result + text.slice(at);
}
