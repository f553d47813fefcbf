/**
 * loop-boxes — variables of a `for (let …)` loop that closures and the resume body must share: a box for each iteration.
 *
 *   In     for (let i = 0; i < 3; i++) { … () => i … }
 *   Out    for (let each = { value: 0 }; each.value < 3; each = { value: each.value }, each.value++) { const i = each; … () => i.value … }
 *   Keeps  which closures share a variable (ECMA-262 §14.7.4.4 CreatePerIterationEnvironment)
 */
import type { Statement } from "@babel/types";
import { isCaptured } from "./scope.ts";
import { isKilled, killReference } from "./dead-zones.ts";
import { isWithin } from "./places.ts";
import { rename } from "./renames.ts";
import { boxUse, declaredBox, newBox, prepend, type Boxing, type Declaration, type ForLoop } from "./boxes.ts";
import * as b from "./emit/build.ts";
import type { Names } from "./names.ts";
import type { Reference, Variable } from "./scope.ts";
import { withName } from "./settle.ts";

/**
 *   for (let i = 0; i < 3; i++) { … () => i … }
 *   for (let each = { value: 0 }; each.value < 3; each = { value: each.value }, each.value++) { const i = each; … () => i.value … }
 * Each iteration has a box of its own that starts with the value of the one before (ECMA-262 CreatePerIterationEnvironment).
 */
export function boxLoopVariable(variable: Variable, loop: ForLoop, boxing: Boxing): void {
  const { names, parents } = boxing;
  if (variable.references.some((reference) => isCapturedInHead(reference, variable, loop)))
    return boxHeadVariable(variable, loop, boxing);
  const each = names.fresh(variable.name);
  for (const reference of variable.references) {
    if (reference.initial) continue;
    if (isKilled(reference, variable, parents)) killReference(reference, variable);
    else boxUse(reference, isWithin(reference.node, loop.body) ? variable.name : each, false, variable, boxing);
  }
  startEach(variable, loop.init as Declaration, each, names);
  const advance = b.assign(b.id(each), newBox(b.member(b.id(each), "value")));
  loop.update = loop.update ? b.sequence([advance, loop.update]) : advance;
  prepend(loop, declaredBox(variable.name, b.id(each)));
}

/** A closure in the head of the loop itself: `for (let i = 0; test(() => i); …)` */
const isCapturedInHead = (reference: Reference, variable: Variable, loop: ForLoop): boolean =>
  isCaptured(reference, variable.activation) && !isWithin(reference.node, loop.body);

/**
 * With closures in the head, every variable that the specification makes is made here: one for `init`, one for each iteration, which
 * `update` and `test` share with the body that follows them:
 *   for (let start = $.box(), each = (start.value = 0, start), again = false; ; ) {
 *     const i = { value: each.value }; each = i;
 *     if (again) i.value++; again = true;  if (!(i.value < 3)) break;
 *     { … }
 *   }
 */
function boxHeadVariable(variable: Variable, loop: ForLoop, boxing: Boxing): void {
  const { names, parents } = boxing;
  const init = loop.init as Declaration;
  const begun = names.fresh(variable.name);
  const each = names.fresh(variable.name);
  for (const reference of variable.references) {
    const inInit = isWithin(reference.node, init);
    if (reference.initial && reference.parent === variable.declaration) continue;
    if (!reference.initial && isKilled(reference, variable, parents)) killReference(reference, variable);
    else boxUse(reference, inInit ? begun : variable.name, inInit && !reference.initial, variable, boxing);
  }
  unrollHeadOnce(loop, names);
  const declarator = variable.declaration as Declaration["declarations"][number];
  const place = init.declarations.indexOf(declarator);
  const named = declarator.id.type === "Identifier";
  const box = b.declare("let", begun, b.runtime("box")).declarations[0] as typeof declarator;
  const value = named && declarator.init ? withName(variable.name, declarator.init) : b.id("undefined");
  const start = b.declare(
    "let",
    each,
    named ? b.sequence([b.assign(b.member(b.id(begun), "value"), value), b.id(begun)]) : b.id(begun),
  ).declarations[0] as typeof declarator;
  if (named) init.declarations.splice(place, 1, box, start);
  else {
    init.declarations.splice(place + 1, 0, start);
    init.declarations.unshift(box);
  }
  (loop.body as { body: Statement[] }).body.unshift(
    declaredBox(variable.name, newBox(b.member(b.id(each), "value"))),
    b.statement(b.assign(b.id(each), b.id(variable.name))),
  );
}

/** `for (…; test; update) body` → `for (…, again = false; ; ) { if (again) update; again = true; if (!test) break; body }` */
function unrollHeadOnce(loop: ForLoop, names: Names): void {
  const { test, update } = loop;
  const again = names.fresh("again");
  const opening: Statement[] = [];
  if (update) {
    const flag = b.declare("let", again, b.boolean(false)).declarations;
    (loop.init as Declaration).declarations.push(...flag);
    opening.push(
      b.when(b.id(again), b.block([b.statement(update)])),
      b.statement(b.assign(b.id(again), b.boolean(true))),
    );
  }
  if (test) opening.push(b.when(b.not(test), b.leap("break", null)));
  loop.test = loop.update = null;
  loop.body = b.block([...opening, loop.body]);
}

/** `let i = 0` → `let each = { value: 0 }`;  `let [i, j] = list` → `let [first, j] = list, each = { value: first }` */
function startEach(variable: Variable, init: Declaration, each: string, names: Names): void {
  const declarator = variable.declaration as (typeof init)["declarations"][number];
  if (declarator.id.type === "Identifier") {
    declarator.init = newBox(declarator.init ? withName(variable.name, declarator.init) : b.id("undefined"));
    declarator.id = b.id(each);
    declarator.definite = false;
    return;
  }
  const first = names.fresh(variable.name);
  for (const reference of variable.references) if (reference.initial) rename(reference, first);
  const at = init.declarations.indexOf(declarator) + 1;
  init.declarations.splice(at, 0, b.declare("let", each, newBox(b.id(first))).declarations[0] as typeof declarator);
}
