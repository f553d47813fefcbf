/**
 * disposal — `using` declarations.
 *
 *   In     using file = open();  rest
 *   Out    const resources = $.resources();
 *          guarded { const file = resources.use(open()); rest }
 *          for (;;) { if (!resources.open) break; try { result = resources.dispose(); … } catch (error) { outcome = resources.failed(…) } }
 *   Keeps  disposal in reverse order on every way out; errors while disposing suppress the error before them
 *          (ECMA-262, explicit resource management: DisposeResources)
 */
import type { Expression, LVal, Node, Statement } from "@babel/types";
import * as b from "../emit/build.ts";
import { withName } from "../settle.ts";
import { value } from "./expression.ts";
import { leaveIf } from "./loop.ts";
import type { Normaliser } from "./normaliser.ts";
import { protect } from "./protect.ts";
import { statement } from "./statement.ts";
import { isUsing } from "../walk.ts";

/** `rest`: writes what follows the statements, before the resources are disposed of. */
export function withDisposal(n: Normaliser, list: Statement[], rest?: () => void): void {
  const resources = n.temporary("resources", b.runtime("resources"));
  protect(
    n,
    () => {
      for (const node of list)
        if (isUsing(node)) use(n, node, resources.name);
        else statement(n, node);
      rest?.();
    },
    (completion, outcome) => {
      disposeAll(n, resources.name, completion, outcome, list[0] as Node);
      if (n.session.fn.generator) throwOutcome(n, completion, outcome);
    },
  );
}

/** In a generator `finally` is native: an error that disposing made has to be thrown there. */
function throwOutcome(n: Normaliser, completion: string, outcome: string): void {
  const test = b.binary("===", b.id(completion), b.number(1));
  const consequent = n.list(() => n.add(b.raise(b.id(outcome))));
  n.out.push({ kind: "if", test, consequent, alternate: [], origin: null });
}

function use(n: Normaliser, node: Extract<Statement, { type: "VariableDeclaration" }>, resources: string): void {
  for (const declarator of node.declarations) {
    const target = declarator.id as LVal & { name: string };
    const opened = withName(target.name, value(n, declarator.init as Expression));
    n.add(b.at(b.declareAll("const", [[target, b.call(b.member(b.id(resources), "use"), [opened])]]), declarator));
  }
}

/** One resource a round, so that each may switch. */
function disposeAll(n: Normaliser, resources: string, completion: string, outcome: string, origin: Node): void {
  const target = n.target("disposal");
  const body = n.list(() => {
    leaveIf(n, b.not(b.member(b.id(resources), "open")), target);
    disposeOne(n, resources, completion, outcome, origin);
  });
  n.out.push({ kind: "loop", form: "for", target, test: null, update: null, body, origin });
}

function disposeOne(n: Normaliser, resources: string, completion: string, outcome: string, origin: Node): void {
  const error = n.session.names.fresh("error");
  n.tries++;
  const body = n.list(() => void n.point(b.call(b.member(b.id(resources), "dispose"), []), origin));
  n.tries--;
  const failed = b.runtime(
    "suppressed",
    b.runtime("caughtExit", b.id(error)),
    b.binary("===", b.id(completion), b.number(1)),
    b.id(outcome),
  );
  const handler = n.list(() => {
    n.add(b.statement(b.assign(b.id(outcome), failed)));
    n.add(b.statement(b.assign(b.id(completion), b.number(1))));
  });
  n.out.push({ kind: "try", body, param: error, handler, finaliser: null, origin: null });
}
