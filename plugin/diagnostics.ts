/**
 * diagnostics — everything the compile step refuses, one function per code: what it is, why, and the way out.
 *
 * A refusal is an error with a place; whoever knows the file's text adds the code frame.
 */
import type { Node } from "@babel/types";

export class CompileError extends Error {
  readonly code: string;
  readonly node: Node | null;

  constructor(code: string, message: string, node: Node | null) {
    super(message);
    this.name = "CompileError";
    this.code = `greenlets/${code}`;
    this.node = node;
  }
}

export const directEval = (node: Node): CompileError =>
  new CompileError(
    "direct-eval",
    "A function that may switch can't contain a direct eval: the evaluated code could name any variable, and those move into a frame when the function is suspended.\n" +
      "Use (0, eval)(…), which sees only globals, or new Function(…) with what it needs as parameters.",
    node,
  );

export const withStatement = (node: Node): CompileError =>
  new CompileError(
    "with",
    "A function that may switch can't contain a with statement: what its names mean is known only at run time.\nRead the properties that are needed into variables first.",
    node,
  );

export const unsupported = (node: Node): CompileError =>
  new CompileError(
    "unsupported",
    `A suspension point can't stand inside this ${words(node.type)} yet.\nMove the call in front of it, into a variable of its own.`,
    node,
  );

export const capturedProperty = (node: Node): CompileError =>
  new CompileError(
    "captured-property",
    "A parameter property of a derived class can't be assigned by its name, and used by a closure, in a constructor that may switch.\n" +
      "Declare the property as a field, and assign it behind super().",
    node,
  );

export const atomicSwitches = (node: Node, chain: readonly string[]): CompileError =>
  new CompileError(
    "atomic-switches",
    `Something inside this atomic block may switch:\n${chain.map((link) => `  → ${link}\n`).join("")}` +
      "Call it before or after the block, or do without atomic().",
    node,
  );

export const assumeUnmatched = (pattern: string, file: string): CompileError =>
  new CompileError(
    "assume-unmatched",
    `No function in ${file} matches \`${pattern}\` of \`assume\`. A pattern is a name (\`query\`, \`Pool#acquire\`) or \`path:name\`, with \`*\` for anything.`,
    null,
  );

/** `ForOfStatement` → `for of statement` */
const words = (type: string): string => type.replace(/(?!^)([A-Z])/g, " $1").toLowerCase();
