/**
 * normaliser — what the normalising functions share: the list being written, temporaries, labels, the targets of leaps.
 *
 * Three sentences hold for all of them. Effects happen once and in order. A value that is needed after a suspension point has a name.
 * No node is changed, and none appears twice.
 */
import type { Expression, Identifier, Node, Statement, TaggedTemplateExpression } from "@babel/types";
import * as b from "../emit/build.ts";
import { unnamed } from "../settle.ts";
import type { Names } from "../names.ts";
import type { Scopes, Variable } from "../scope.ts";
import type { Point, Step, Target } from "../steps.ts";
import { assigns, type FunctionNode } from "../walk.ts";

/** A statement that leaps can leave or go on with. */
export interface Landing {
  node: Node;
  labels: string[];
  onBreak: Target;
  /** Where `continue` goes: round the loop, or out of the block that holds its body. */
  onContinue: { type: "break" | "continue"; target: Target } | null;
  protections: number;
}

/** How control leaves: by returning, or by a leap to a target. */
export type Way = "return" | { type: "break" | "continue"; target: Target };

/** A `try … finally` being normalised: leaps out of it are noted and repeated after the finaliser. */
export interface Protection {
  target: Target;
  completion: string;
  outcome: string;
  exits: { code: number; repeat: () => void; way: Way }[];
}

export interface Session {
  fn: FunctionNode;
  scopes: Scopes;
  points: Set<Node>;
  touched: Set<Node>;
  /** The functions of the file that may switch. */
  switching: ReadonlySet<Node>;
  /** Members that stand for a variable in a box: as assignment targets they are names, with nothing to evaluate first. */
  boxReferences: Set<Node>;
  names: Names;
  /** New labels; apart from the user's. */
  labels: Names;
  /** Every point gets its own statement even in tail position. */
  everyCall: boolean;
  /** Catch clauses let `GreenletExit` through unless they mention it. */
  exitPasses: boolean;
  /** The constructor of a class with `extends`. */
  derived: boolean;
  /** `arguments` and the parameters are one: either may change the other. */
  linked: boolean;
  /** Whether calls of built-in functions go through helpers. */
  builtins: boolean;
  /** Makes the strings object of a tagged template a constant of the module and returns its name. */
  templates: (node: TaggedTemplateExpression) => Expression;
}

export class Normaliser {
  readonly session: Session;
  /** The list that steps are added to now. */
  out: Step[] = [];
  /** The variable every suspension point's result arrives in. */
  readonly result: string;
  readonly landings: Landing[] = [];
  readonly protections: Protection[] = [];
  private labels = 0;
  /** How many try bodies are open: points inside one are told about errors. */
  tries = 0;
  private readonly temporaries = new Set<string>();

  constructor(session: Session) {
    this.session = session;
    this.result = session.names.fresh("result");
  }

  isTouched(node: Node | null | undefined): boolean {
    return node != null && this.session.touched.has(node);
  }

  add(statement: Statement): void {
    this.out.push({ kind: "plain", node: statement });
  }

  /** Runs `write` with a new list and returns the list. */
  list(write: () => void): Step[] {
    const outer = this.out;
    const inner: Step[] = [];
    this.out = inner;
    try {
      write();
    } finally {
      this.out = outer;
    }
    return inner;
  }

  /** `result = call`: the call stands alone, and what it gives is read from `result` at once. */
  point(call: Expression, origin: Node, form: Point["form"] = "call"): Identifier {
    this.labels++;
    this.out.push({
      kind: "point",
      point: { label: this.tries > 0 ? -this.labels : this.labels, call, form, origin, live: [] },
    });
    return b.id(this.result);
  }

  /** `const word = value`: the value's name from here on. */
  temporary(word: string, value: Expression): Identifier {
    const name = this.session.names.fresh(word);
    this.temporaries.add(name);
    this.add(b.declare("const", name, unnamed(value)));
    return b.id(name);
  }

  /** `let word`: assigned on each path that follows. */
  variable(word: string): Identifier {
    const name = this.session.names.fresh(word);
    this.add(b.declare("let", name, null));
    this.temporaries.add(name);
    return b.id(name);
  }

  /** The value under a name that keeps it while `later` is evaluated; no new name if nothing there can change it. */
  keep(value: Expression, later: Node[], word = "value"): Expression {
    return this.isStable(value, later) ? value : this.temporary(word, value);
  }

  /** A place for leaps, labelled (if at all) with the user's label or with a word that no other label of the function is. */
  target(word: string, userLabel?: string): Target {
    return { label: userLabel ?? this.session.labels.fresh(word), labelled: false };
  }

  private isStable(value: Expression, later: Node[]): boolean {
    switch (value.type) {
      case "NumericLiteral":
      case "StringLiteral":
      case "BooleanLiteral":
      case "NullLiteral":
      case "BigIntLiteral":
      case "FunctionExpression":
      case "ArrowFunctionExpression":
        return true;
      case "ThisExpression":
        return !this.session.derived;
      case "UnaryExpression":
        return (value.operator === "-" || value.operator === "void") && value.argument.type === "NumericLiteral";
      case "TemplateLiteral":
        return value.expressions.length === 0;
      case "Identifier":
        return this.isStableName(value, later);
      default:
        return false;
    }
  }

  private isStableName(node: Identifier, later: Node[]): boolean {
    if (this.temporaries.has(node.name)) return true;
    const variable = this.session.scopes.variableOf.get(node);
    if (variable === undefined) return node.name !== this.result && STABLE_GLOBALS.has(node.name);
    if (variable.kind === "import" || (variable.kind === "param" && this.session.linked)) return false;
    const own = this.session.scopes.activationOf.get(this.session.fn);
    if (isNeverReassigned(variable)) return true;
    if (variable.activation !== own) return false;
    if (variable.references.some((reference) => reference.write && reference.activation !== own)) return false;
    return !later.some((node) => assigns(node, variable.name));
  }
}

/** Globals whose meaning nobody changes; `undefined`, `NaN` and `Infinity` can't be changed at all. */
const STABLE_GLOBALS = new Set([
  "undefined",
  "NaN",
  "Infinity",
  "globalThis",
  "Array",
  "JSON",
  "Math",
  "Number",
  "Object",
  "Promise",
  "Reflect",
  "String",
  "Symbol",
  "console",
]);

function isNeverReassigned(variable: Variable): boolean {
  const writes = variable.references.filter((reference) => reference.write);
  return variable.kind !== "var" && writes.length <= 1 && writes.every((write) => write.initial);
}
