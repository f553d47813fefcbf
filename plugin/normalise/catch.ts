/**
 * catch — what a compiled catch clause does before the user's code.
 *
 *   In     catch (e) { … }                  catch ({ message }) { … }
 *   Out    catch (e) { e = $.caught(e); … }  catch (error) { let { message } = $.caught(error); … }
 *   Keeps  a clause that does not mention GreenletExit lets it through (greenlet: GreenletExit is no Exception);
 *          an error that left a foreign frame while a switch was pending is replaced by the error that says so
 */
import type { CatchClause, LVal, Node, Statement } from "@babel/types";
import * as b from "../emit/build.ts";
import { walk } from "../walk.ts";
import type { Normaliser } from "./normaliser.ts";
import { assignPattern } from "./pattern.ts";

export interface SettledCatch {
  param: string;
  opening: Statement[];
  /** With the handler behind the clause: binds a destructured parameter there. */
  bind?: () => void;
}

/** `behind`: the handler's code follows the try statement, so the parameter is declared before it. */
export function settleCatch(n: Normaliser, clause: CatchClause, behind = false): SettledCatch {
  const { param } = clause;
  const caught = n.session.exitPasses && !mentionsExit(clause) ? "caught" : "caughtExit";
  if (param?.type === "Identifier" && !behind) {
    return {
      param: param.name,
      opening: [b.statement(b.assign(b.id(param.name), b.runtime(caught, b.id(param.name))))],
    };
  }
  const error = n.session.names.fresh("error");
  const received = b.runtime(caught, b.id(error));
  if (!param) return { param: error, opening: [b.statement(received)] };
  if (!behind)
    return { param: error, opening: n.isTouched(param) ? [] : [b.declareAll("let", [[param as LVal, received]])] };
  if (param.type === "Identifier") {
    n.add(b.declare("let", param.name, null));
    return { param: error, opening: [b.statement(b.assign(b.id(param.name), received))] };
  }
  return bindPattern(n, param, error, received);
}

function bindPattern(n: Normaliser, param: Node, error: string, received: ReturnType<typeof b.runtime>): SettledCatch {
  const whole = n.variable("caught");
  const bind = (): void => {
    if (n.isTouched(param)) assignPattern(n, param, b.id(whole.name), "let");
    else n.add(b.declareAll("let", [[param as LVal, b.id(whole.name)]]));
  };
  return { param: error, opening: [b.statement(b.assign(b.id(whole.name), received))], bind };
}

function mentionsExit(clause: CatchClause): boolean {
  let found = false;
  walk(clause, (node) => {
    if (node.type === "Identifier" && node.name === "GreenletExit") found = true;
    return !found;
  });
  return found;
}
