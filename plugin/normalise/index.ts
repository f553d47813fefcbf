/**
 * normalise — source → the same function with every suspension point on its own.
 *
 *   In     a function, what is touched in it
 *   Out    its parameters, and its body as steps
 *   Keeps  meaning: printed without checks, the steps are the same program
 */
import type { Expression, LVal, Node } from "@babel/types";
import { isBoxDeclaration, newBox } from "../boxes.ts";
import { capturedProperty } from "../diagnostics.ts";
import * as b from "../emit/build.ts";
import type { FunctionNode } from "../walk.ts";
import { value } from "./expression.ts";
import { Normaliser, type Session } from "./normaliser.ts";
import { assignPattern, withDefault } from "./pattern.ts";
import { returnValue } from "./protect.ts";
import { statements } from "./statement.ts";
import type { Step } from "../steps.ts";

export interface Normalised {
  params: FunctionNode["params"];
  steps: Step[];
  result: string;
}

export interface ParameterNeeds {
  /** Parameters that the body keeps in boxes. */
  boxed: string[];
  /** All parameters have to be bound in the body. */
  lower: boolean;
  /** Names in boxes that the patterns assign themselves. */
  inPatterns: string[];
  /** Those among them that closures may see before they have a value. */
  late: ReadonlySet<string>;
  /** The first statement runs before the parameters are bound: it initialises the fields of an object. */
  early: boolean;
}

/** Functions of the body are there before its parameters have their values, and so are the boxes that they see. */
export function normalise(session: Session, needs: ParameterNeeds): Normalised {
  const n = new Normaliser(session);
  const { fn } = session;
  let params = fn.params;
  const steps = n.list(() => {
    const list = fn.body.type === "BlockStatement" ? fn.body.body : [];
    const body = list.filter((statement) => !isBoxDeclaration(statement));
    statements(n, list.filter(isBoxDeclaration));
    if (needs.early) statements(n, body.slice(0, 1));
    params = parameters(n, needs);
    if (fn.body.type === "BlockStatement") statements(n, needs.early ? body.slice(1) : body);
    else returnValue(n, value(n, fn.body), fn.body);
  });
  return { params, steps, result: n.result };
}

type Parameter = FunctionNode["params"][number];

/**
 * f(a, b = g(a))   →   f(a, b = undefined) { if (b === undefined) { result = g(a); b = result; } … }
 * From the first parameter that holds a suspension point on, parameters are bound in the body; `length` stays.
 */
function parameters(n: Normaliser, needs: ParameterNeeds): FunctionNode["params"] {
  const { params } = n.session.fn;
  const first = needs.lower ? 0 : params.findIndex((param) => n.isTouched(param));
  const box = (names: string[]): void =>
    names.forEach((name) => n.add(b.statement(b.assign(b.id(name), b.object([b.property("value", b.id(name))])))));
  const bound = (param: Parameter): string[] => needs.boxed.filter((name) => binds(param, name));
  // The property is assigned behind super(), from what is a box by then.
  const late = n.session.derived && params.find((param) => isProperty(param) && bound(param).length > 0);
  if (late) throw capturedProperty(late);
  if (first < 0) {
    box(needs.boxed);
    return params;
  }
  box(params.slice(0, first).flatMap(bound));
  for (const name of needs.inPatterns)
    n.add(b.declare("let", name, needs.late.has(name) ? b.runtime("box") : newBox(b.id("undefined"))));
  return params.map((param, index) => {
    if (index < first) return param;
    const lowered = parameter(n, param);
    box(bound(param));
    return lowered;
  });
}

function parameter(n: Normaliser, param: Parameter): Parameter {
  if (param.type === "RestElement") {
    if (param.argument.type === "Identifier") return param;
    const rest = n.session.names.fresh("rest");
    assignPattern(n, param.argument, b.id(rest), "let");
    return { ...param, argument: b.id(rest) };
  }
  // TypeScript reads it before the body begins.
  if (isProperty(param)) return param;
  const [target, fallback] =
    param.type === "AssignmentPattern" ? [param.left as LVal, param.right] : [param as LVal, null];
  const name = target.type === "Identifier" ? target.name : n.session.names.fresh("argument");
  if (fallback !== null) withDefault(n, name, target, fallback as Expression);
  if (target.type !== "Identifier") assignPattern(n, target as Node, b.id(name), "let");
  const id = b.id(name);
  return (fallback === null ? id : { type: "AssignmentPattern", left: id, right: b.id("undefined") }) as Parameter;
}

const isProperty = (param: Parameter): param is Extract<Parameter, { type: "TSParameterProperty" }> =>
  param.type === "TSParameterProperty";

function binds(param: Node, name: string): boolean {
  let found = false;
  const go = (node: Node): void => {
    if (node.type === "Identifier") found ||= node.name === name;
    else if (node.type === "AssignmentPattern") go(node.left);
    else if (node.type === "RestElement") go(node.argument);
    else if (node.type === "TSParameterProperty") go(node.parameter);
    else if (node.type === "ArrayPattern") node.elements.forEach((one) => one && go(one));
    else if (node.type === "ObjectPattern")
      node.properties.forEach((one) => go(one.type === "RestElement" ? one.argument : one.value));
  };
  go(param);
  return found;
}
