/** Random programs until the time is up, each compared three ways; what differs is made small. */
import * as fc from "fast-check";
import { Script } from "node:vm";
import { bundleRuntime } from "../conformance/runtime-script.ts";
import type { Compile } from "../conformance/translate.ts";
import { compare, type Difference } from "./compare.ts";
import { programs, type Program } from "./grammar.ts";
import { reduce, withoutKinds, type Budget } from "./reduce.ts";

export interface Options {
  readonly compile: Compile;
  readonly seed: number;
  readonly seconds: number;
  /** Stops after so many differences. */
  readonly most: number;
  readonly budget: Budget;
  /** Kinds of constructs to leave out. */
  readonly without?: readonly string[];
  readonly found?: (difference: Found) => void;
}

export interface Found extends Difference {
  /** `<seed>-<index>`: the program can be made again from it. */
  readonly name: string;
  readonly throwEvery: number;
}

export interface Summary {
  readonly programs: number;
  readonly void: number;
  readonly refused: number;
  readonly differences: readonly Found[];
}

/** Programs made from one seed of fast-check; the next batch takes the next seed. */
const batch = 20;

export async function fuzz(options: Options): Promise<Summary> {
  const runtime = new Script(await bundleRuntime(), { filename: "greenlets" });
  const end = Date.now() + options.seconds * 1000;
  const differences: Found[] = [];
  const counts = { programs: 0, void: 0, refused: 0 };
  const strip = (program: Program): Program => ({
    ...program,
    root: withoutKinds(program.root, new Set(options.without)),
  });
  for (let seed = options.seed; Date.now() < end && differences.length < options.most; seed++) {
    for (const [index, program] of fc.sample(programs, { seed, numRuns: batch }).map(strip).entries()) {
      const difference = await compare(runtime, options.compile, program);
      counts[typeof difference === "string" ? difference : "programs"]++;
      if (difference === null || typeof difference === "string") continue;
      const found = await shrink(runtime, options, program, difference, `${seed}-${index}`);
      differences.push(found);
      options.found?.(found);
      if (Date.now() > end || differences.length >= options.most) break;
    }
  }
  return { ...counts, differences };
}

async function shrink(
  runtime: Script,
  { compile, budget }: Options,
  program: Program,
  first: Difference,
  name: string,
): Promise<Found> {
  let smallest = first;
  const fails = async (candidate: Program): Promise<boolean> => {
    const difference = await compare(runtime, compile, candidate, [first.way]);
    if (difference === null || typeof difference === "string" || sameCause(difference) !== sameCause(first))
      return false;
    smallest = difference;
    return true;
  };
  await reduce(program, fails, budget);
  return { ...smallest, name, throwEvery: program.throwEvery };
}

/** A smaller program has to fail in the same way, lest a crash of the compiler hides a wrong value. */
function sameCause({ way, actual }: Difference): string {
  const last = actual.at(-1) ?? "";
  return `${way} ${/^(the compiler failed|ended by)[^:]*: \w+/.exec(last)?.[0] ?? "trace"}`;
}
