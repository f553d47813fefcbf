/** trace — one function after every pass, as text: what `greenlets trace` shows and the documentation quotes. */
import { parseSync, transformFromAstSync, type InputOptions } from "@babel/core";
import type { File, Node, Program, Statement } from "@babel/types";
import * as b from "./emit/build.ts";
import { FastPrinter } from "./emit/fast.ts";
import type { Plan } from "./emit/plan.ts";
import { settle } from "./options.ts";
import { compileProgram } from "./pipeline.ts";
import type { Point, Step } from "./steps.ts";
import { copy, type FunctionNode } from "./walk.ts";

export interface TracedPass {
  pass: string;
  text: string;
}

/** Prints steps as the plain JavaScript they are, with each point's label and live names beside it. */
class StepPrinter extends FastPrinter {
  protected override point(point: Point): Statement[] {
    const statement = b.statement(b.assign(b.id(this.plan.result), point.call));
    const live = point.live.length > 0 ? `, live: ${point.live.join(", ")}` : "";
    return [
      Object.assign(statement, {
        leadingComments: [{ type: "CommentLine", value: ` point ${point.label}${live}` }] as never,
      }),
    ];
  }
}

/** @returns one entry a pass; none if no function of that name may switch */
export function tracePasses(source: string, options: { filename: string; function: string }): TracedPass[] {
  const file = parseSync(source, parsing(options.filename)) as File;
  const passes: TracedPass[] = [];
  const show = (pass: string, nodes: Statement[]): void => void passes.push({ pass, text: print(nodes) });
  compileProgram(file.program, settle({}), {
    observe(pass, fn, name, steps, resume) {
      if (name !== options.function) return;
      if (pass === "bindings") show(pass, [standing(fn, name)]);
      else if (pass === "emit") show(pass, [standing(fn, name), ...(resume ? [copy(resume)] : [])]);
      else show(pass, [stepsOf(fn, name, steps)]);
    },
  });
  return passes;
}

/** A function of any form as a declaration, so that it can be printed by itself. */
function standing(fn: FunctionNode, name: string): Statement {
  const body = fn.body.type === "BlockStatement" ? fn.body : b.block([b.ret(fn.body)]);
  return copy({
    type: "FunctionDeclaration",
    id: b.id(name),
    params: fn.params,
    body,
    async: fn.async ?? false,
    generator: fn.generator ?? false,
  } as unknown as Statement);
}

function stepsOf(fn: FunctionNode, name: string, steps: Step[]): Statement {
  const plan = { result: "result" } as Plan;
  const body = new StepPrinter(plan).list(steps);
  return {
    ...standing({ ...fn, body: b.block([]) } as FunctionNode, name),
    body: withComments(b.block(body)),
  } as Statement;
}

/** A copy that keeps the comments made here. */
function withComments<T extends Node>(node: T): T {
  return structuredClone(node);
}

const parsing = (filename: string): InputOptions =>
  ({
    filename,
    babelrc: false,
    configFile: false,
    sourceType: "unambiguous",
    parserOpts: { plugins: /\.[cm]?tsx?$/.test(filename) ? ["typescript"] : ["jsx"], createImportExpressions: true },
  }) as InputOptions;

function print(nodes: Statement[]): string {
  const program: Program = { type: "Program", sourceType: "module", body: nodes, directives: [] } as unknown as Program;
  const result = transformFromAstSync({ type: "File", program } as unknown as File, "", {
    babelrc: false,
    configFile: false,
    compact: false,
    comments: true,
  } as InputOptions);
  return `${result?.code ?? ""}\n`;
}
