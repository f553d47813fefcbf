/**
 * scope — variables, and what mentions them.
 *
 * ECMA-262 §8.2 (scope analysis) and §14.2 (block instantiation); resolver.ts finds them.
 */
import type { FunctionDeclaration, Identifier, JSXIdentifier, Node } from "@babel/types";

/** The pieces of code that run as one stack frame: a function, the program, a field's initialiser, a static block. */
export interface Activation {
  node: Node;
  parent: Activation | null;
  strict: boolean;
}

export type VariableKind = "var" | "let" | "const" | "class" | "function" | "param" | "catch" | "import" | "self";

export interface Reference {
  node: Identifier | JSXIdentifier;
  parent: Node;
  key: string;
  activation: Activation;
  write: boolean;
  /** The write that gives the variable its first value: its declaration. */
  initial: boolean;
}

export interface Variable {
  name: string;
  kind: VariableKind;
  scope: Scope;
  activation: Activation;
  declaration: Node;
  references: Reference[];
}

export interface Scope {
  parent: Scope | null;
  node: Node;
  activation: Activation;
  names: Map<string, Variable>;
}

export interface Scopes {
  program: Scope;
  variables: Variable[];
  /** The variable an identifier means; globals have none. */
  variableOf: Map<Node, Variable>;
  activationOf: Map<Node, Activation>;
  scopeOf: Map<Node, Scope>;
  /** Every name written anywhere in the file: a new name must not be one of them. */
  names: Set<string>;
  /** Functions declared in blocks of sloppy code, with the `var` of the same name that each is assigned to (ECMA-262 §B.3.2.1). */
  blockFunctions: { declaration: FunctionDeclaration; outer: Variable }[];
}

/** Whether a variable's reference is in a function other than the variable's own. */
export const isCaptured = (reference: Reference, owner: Activation): boolean => reference.activation !== owner;
