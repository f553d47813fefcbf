/**
 * protect — `try … catch … finally` as a catch and ordinary code.
 *
 *   In     try { a(); return 1; } finally { b(); }
 *   Out    let completion, outcome;
 *          guarded: { try { a(); outcome = 1; completion = 2; break guarded; } catch (error) { completion = 1; outcome = $.caughtExit(error); } }
 *          b();
 *          if (completion === 1) throw outcome;  if (completion === 2) return outcome;
 *   Keeps  a switch leaves through `return`, which runs no finaliser; the pending completion is a local like any other
 *          (ECMA-262 §14.15.3: a finaliser that completes abruptly overrides it)
 */
import type { Expression, Node } from "@babel/types";
import * as b from "../emit/build.ts";
import { eachChild } from "../walk.ts";
import type { Normaliser, Protection, Way } from "./normaliser.ts";
import { statement, statements } from "./statement.ts";
import { settleCatch } from "./catch.ts";
import { unnamed } from "../settle.ts";

type Try = Extract<Node, { type: "TryStatement" }>;

const NORMAL = 0;
const THROWN = 1;
const FIRST_EXIT = 2;

/** Runs `finaliser` however the code that `body` writes ends, then goes on as that code wanted to. */
export function protect(
  n: Normaliser,
  body: () => void,
  finaliser: (completion: string, outcome: string) => void,
): void {
  if (n.session.fn.generator) return protectNatively(n, body, finaliser);
  const completion = n.session.names.fresh("completion");
  const outcome = n.session.names.fresh("outcome");
  const protection: Protection = { target: n.target("guarded"), completion, outcome, exits: [] };
  n.add(
    b.declareAll("let", [
      [b.id(completion), null],
      [b.id(outcome), null],
    ]),
  );
  const guarded = n.list(() => guard(n, body, protection));
  n.out.push({ kind: "block", target: protection.target, body: guarded });
  finaliser(completion, outcome);
  n.out.push({
    kind: "if",
    test: b.binary("===", b.id(completion), b.number(THROWN)),
    consequent: n.list(() => n.add(b.raise(b.id(outcome)))),
    alternate: [],
    origin: null,
  });
  for (const exit of protection.exits) {
    n.out.push({
      kind: "if",
      test: b.binary("===", b.id(completion), b.number(exit.code)),
      consequent: n.list(exit.repeat),
      alternate: [],
      origin: null,
    });
  }
}

/**
 * In a generator a switch leaves through `yield`, which runs no finaliser; but `return()` does, so `finally` stays what it is:
 *   let completion = 0, outcome; try { … } catch (error) { completion = 1; outcome = error; throw error; } finally { … }
 */
function protectNatively(
  n: Normaliser,
  body: () => void,
  finaliser: (completion: string, outcome: string) => void,
): void {
  const completion = n.session.names.fresh("completion");
  const outcome = n.session.names.fresh("outcome");
  const error = n.session.names.fresh("error");
  n.add(
    b.declareAll("let", [
      [b.id(completion), b.number(NORMAL)],
      [b.id(outcome), null],
    ]),
  );
  const handler = n.list(() => {
    n.add(b.statement(b.assign(b.id(completion), b.number(THROWN))));
    n.add(b.statement(b.assign(b.id(outcome), b.id(error))));
    n.add(b.raise(b.id(error)));
  });
  n.out.push({
    kind: "try",
    body: n.list(body),
    param: error,
    handler,
    finaliser: n.list(() => finaliser(completion, outcome)),
    origin: null,
  });
}

function guard(n: Normaliser, body: () => void, protection: Protection): void {
  const error = n.session.names.fresh("error");
  n.protections.push(protection);
  n.tries++;
  const guarded = n.list(() => {
    body();
    complete(n, protection, NORMAL);
  });
  n.tries--;
  n.protections.pop();
  const handler = n.list(() => {
    complete(n, protection, THROWN, b.runtime("caughtExit", b.id(error)));
  });
  n.out.push({ kind: "try", body: guarded, param: error, handler, finaliser: null, origin: null });
}

/** How the body ended, and with what. Written on every way out, so that nothing has to be saved for it inside. */
function complete(n: Normaliser, protection: Protection, code: number, outcome: Expression = b.nothing()): void {
  n.add(b.statement(b.assign(b.id(protection.completion), b.number(code))));
  n.add(b.statement(b.assign(b.id(protection.outcome), unnamed(outcome))));
}

/** Leaves the innermost protection; `repeat` does the leap again behind its finaliser. */
export function exitThrough(
  n: Normaliser,
  way: Way,
  outcome: Expression | null,
  repeat: (outcome: string) => void,
): void {
  const protection = n.protections.at(-1) as Protection;
  let exit = protection.exits.find((known) => isSameWay(known.way, way));
  if (exit === undefined) {
    exit = { code: FIRST_EXIT + protection.exits.length, way, repeat: () => repeat(protection.outcome) };
    protection.exits.push(exit);
  }
  if (outcome !== null) n.add(b.statement(b.assign(b.id(protection.outcome), unnamed(outcome))));
  n.add(b.statement(b.assign(b.id(protection.completion), b.number(exit.code))));
  if (outcome === null) n.add(b.statement(b.assign(b.id(protection.outcome), b.nothing())));
  protection.target.labelled = true;
  n.out.push({ kind: "leap", type: "break", target: protection.target, origin: null });
}

const isSameWay = (one: Way, other: Way): boolean =>
  one === other || (one !== "return" && other !== "return" && one.type === other.type && one.target === other.target);

/** `return value` from wherever the normaliser stands. */
export function returnValue(n: Normaliser, argument: Expression | null, origin: Node | null): void {
  if (n.protections.length === 0) {
    const node = b.ret(argument);
    return n.add(origin ? b.at(node, origin) : node);
  }
  exitThrough(n, "return", argument ?? b.nothing(), (outcome) => returnValue(n, b.id(outcome), null));
}

export function normaliseTry(n: Normaliser, node: Try): void {
  if (!node.finalizer) return tryCatch(n, node);
  const { finalizer } = node;
  protect(
    n,
    () => (node.handler ? tryCatch(n, node) : statement(n, node.block)),
    () => statement(n, finalizer),
  );
}

function tryCatch(n: Normaliser, node: Try): void {
  const clause = node.handler as NonNullable<Try["handler"]>;
  if (holdsPoint(n, clause)) return catchWithPoints(n, node, clause);
  n.tries++;
  const body = n.list(() => statement(n, node.block));
  n.tries--;
  const settled = settleCatch(n, clause);
  const handler = n.list(() => {
    for (const line of settled.opening) n.add(line);
    statement(n, clause.body);
  });
  n.out.push({ kind: "try", body, param: settled.param, handler, finaliser: null, origin: node });
}

function holdsPoint(n: Normaliser, node: Node): boolean {
  const { points } = n.session;
  let found = false;
  const go = (part: Node): void => {
    if (found || !n.isTouched(part)) return;
    if (points.has(part)) found = true;
    else eachChild(part, go);
  };
  go(node);
  return found;
}

/** caught: { let e; try { …; break caught; } catch (error) { e = $.caught(error); } <the handler> } */
function catchWithPoints(n: Normaliser, node: Try, clause: NonNullable<Try["handler"]>): void {
  const target = n.target("caught");
  const block = n.list(() => {
    const settled = settleCatch(n, clause, true);
    n.tries++;
    const body = n.list(() => {
      statement(n, node.block);
      target.labelled = true;
      n.out.push({ kind: "leap", type: "break", target, origin: null });
    });
    n.tries--;
    const handler = n.list(() => settled.opening.forEach((line) => n.add(line)));
    n.out.push({ kind: "try", body, param: settled.param, handler, finaliser: null, origin: node });
    settled.bind?.();
    // Functions of the clause see what was caught: they come to be in a block of their own, behind it.
    if (clause.body.body.some(({ type }) => type === "FunctionDeclaration")) statement(n, clause.body);
    else statements(n, clause.body.body);
  });
  n.out.push({ kind: "block", target, body: block });
}
