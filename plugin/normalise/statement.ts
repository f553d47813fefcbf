/**
 * statement — statements that hold a suspension point, or a leap out of one that does.
 *
 *   In     if (a && f()) g();
 *   Out    let value = a; if (value) { result = f(); value = result; } if (value) { result = g(); }
 *   Keeps  every statement that is not touched, verbatim
 */
import type { Expression, Node, Statement } from "@babel/types";
import * as b from "../emit/build.ts";
import { unsupported } from "../diagnostics.ts";
import { classValue, effect, value } from "./expression.ts";
import { normaliseIteration } from "./iteration.ts";
import { normaliseLoop } from "./loop.ts";
import { normaliseLeap } from "./leap.ts";
import type { Normaliser } from "./normaliser.ts";
import { assignPattern, isSimple } from "./pattern.ts";
import { withDisposal } from "./disposal.ts";
import { normaliseTry, returnValue } from "./protect.ts";
import { isUsing } from "../walk.ts";

export function statements(n: Normaliser, list: Statement[]): void {
  const using = list.findIndex((node) => n.isTouched(node) && isUsing(node));
  if (using < 0) return list.forEach((node) => statement(n, node));
  // A function declared here may use the resource: then the whole list moves into the region that disposes of it.
  const start = list.some((node) => node.type === "FunctionDeclaration") ? 0 : using;
  list.slice(0, start).forEach((node) => statement(n, node));
  withDisposal(n, list.slice(start));
}

export function statement(n: Normaliser, node: Statement, labels: string[] = []): void {
  if (!n.isTouched(node)) return n.add(labels.reduceRight<Statement>((body, label) => b.labelled(label, body), node));
  switch (node.type) {
    case "ExpressionStatement":
      return effect(n, node.expression);
    case "VariableDeclaration":
      return declaration(n, node);
    case "ReturnStatement":
      return returnValue(n, node.argument ? value(n, node.argument) : null, node);
    case "ThrowStatement":
      return n.add(b.at(b.raise(value(n, node.argument)), node));
    case "IfStatement":
      return ifStatement(n, node);
    case "BlockStatement":
      return void n.out.push({ kind: "block", target: null, body: n.list(() => statements(n, node.body)) });
    case "WhileStatement":
    case "DoWhileStatement":
    case "ForStatement":
      return normaliseLoop(n, node, labels);
    case "ForOfStatement":
    case "ForInStatement":
      return normaliseIteration(n, node, labels);
    case "LabeledStatement":
      return labelled(n, node, labels);
    case "SwitchStatement":
      return switchStatement(n, node, labels);
    case "TryStatement":
      return labels.length > 0 ? labelledBlock(n, node, labels) : normaliseTry(n, node);
    case "BreakStatement":
    case "ContinueStatement":
      return normaliseLeap(n, node);
    case "ClassDeclaration":
      return n.add(classValue(n, node));
    default:
      throw unsupported(node);
  }
}

function declaration(n: Normaliser, node: Extract<Statement, { type: "VariableDeclaration" }>): void {
  for (const declarator of node.declarations) {
    if (!n.isTouched(declarator)) {
      n.add(b.at({ ...node, declarations: [declarator] }, declarator));
      continue;
    }
    const init = value(n, declarator.init as Expression);
    if (n.isTouched(declarator.id))
      assignPattern(n, declarator.id, isSimple(declarator.id) ? init : n.temporary("value", init), node.kind as "let");
    else n.add(b.at({ ...node, declarations: [{ ...declarator, init }] }, declarator));
  }
}

function ifStatement(n: Normaliser, node: Extract<Statement, { type: "IfStatement" }>): void {
  const test = value(n, node.test);
  const { alternate } = node;
  const branch = (body: Statement) =>
    n.list(() => (body.type === "BlockStatement" && !isScope(body) ? statements(n, body.body) : statement(n, body)));
  n.out.push({
    kind: "if",
    test,
    consequent: branch(node.consequent),
    alternate: alternate ? branch(alternate) : [],
    origin: node,
  });
}

/** True when a block declares something of its own: then it stays a block. */
function isScope(block: Extract<Statement, { type: "BlockStatement" }>): boolean {
  return block.body.some(
    (node) =>
      (node.type === "VariableDeclaration" && node.kind !== "var") ||
      node.type === "FunctionDeclaration" ||
      node.type === "ClassDeclaration",
  );
}

function labelled(n: Normaliser, node: Extract<Statement, { type: "LabeledStatement" }>, labels: string[]): void {
  const all = [...labels, node.label.name];
  const { body } = node;
  if (body.type === "LabeledStatement" || isLoop(body) || body.type === "SwitchStatement")
    return statement(n, body, all);
  labelledBlock(n, body, all);
}

function labelledBlock(n: Normaliser, body: Statement, labels: string[]): void {
  const target = n.target("block", labels[0]);
  n.landings.push({ node: body, labels, onBreak: target, onContinue: null, protections: n.protections.length });
  const block = n.list(() => statement(n, body));
  n.landings.pop();
  n.out.push({ kind: "block", target, body: block });
}

const isLoop = (node: Node): boolean => /^(For|ForIn|ForOf|While|DoWhile)Statement$/.test(node.type);

/** Tests that may switch are evaluated one by one into the number of the clause; then the switch is on that number. */
function switchStatement(n: Normaliser, node: Extract<Statement, { type: "SwitchStatement" }>, labels: string[]): void {
  const target = n.target("choice", labels[0]);
  const spelled = node.cases.some((clause) => n.isTouched(clause.test));
  const discriminant = spelled ? chosenClause(n, node) : value(n, node.discriminant);
  n.landings.push({ node, labels, onBreak: target, onContinue: null, protections: n.protections.length });
  const cases = node.cases.map((clause, index) => ({
    test: spelled ? (clause.test ? b.number(index) : null) : (clause.test ?? null),
    body: n.list(() => statements(n, clause.consequent)),
  }));
  n.landings.pop();
  n.out.push({ kind: "switch", target, discriminant, cases, origin: node });
}

function chosenClause(n: Normaliser, node: Extract<Statement, { type: "SwitchStatement" }>): Expression {
  const subject = n.temporary("subject", value(n, node.discriminant));
  const choice = n.variable("choice");
  const target = n.target("chosen");
  const body = n.list(() => {
    node.cases.forEach((clause, index) => {
      if (!clause.test) return;
      const matches = n.list(() => {
        n.add(b.statement(b.assign(b.id(choice.name), b.number(index))));
        target.labelled = true;
        n.out.push({ kind: "leap", type: "break", target, origin: null });
      });
      const test = b.binary("===", b.id(subject.name), value(n, clause.test));
      n.out.push({ kind: "if", test, consequent: matches, alternate: [], origin: null });
    });
  });
  n.out.push({ kind: "block", target, body });
  return choice;
}
