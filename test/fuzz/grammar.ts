/** The grammar as fast-check arbitraries: one per sort of node. The first production of a sort is what deep places come down to. */
import * as fc from "fast-check";
import { members } from "./classes.ts";
import { expressions } from "./expressions.ts";
import { functions } from "./functions.ts";
import { statements } from "./statements.ts";
import type { Construct, Constructs, Node, Sort } from "./tree.ts";

export const constructs: Constructs = { ...expressions, ...functions, ...members, ...statements };

export interface Program {
  readonly strict: boolean;
  /** Every n-th answer to `pause` is an error thrown there. */
  readonly throwEvery: number;
  /** Three blocks: a library that is compiled on its own, the declarations at the top level of the program, its function `main`. */
  readonly root: Node;
}

const sorts: readonly Sort[] = ["expression", "statement", "block", "pattern", "func", "property", "member"];
const pick = fc.nat(0xffff);

const arbitraryOf: Tie = (sort) => arbitraries[sort];

type Tie = (sort: Sort) => fc.Arbitrary<Node>;

const arbitraries = fc.letrec<Record<Sort, Node>>((tie) => {
  const entries = sorts.map((sort) => [sort, ofSort(sort, tie as Tie)] as const);
  return Object.fromEntries(entries) as Record<Sort, fc.Arbitrary<Node>>;
});

function ofSort(sort: Sort, tie: Tie): fc.Arbitrary<Node> {
  const productions = Object.entries(constructs).filter(([, construct]) => construct.sort === sort);
  const options = productions.map(([kind, construct]) => ({
    weight: construct.weight ?? 1,
    arbitrary: production(kind, construct, tie),
  }));
  if (options.length === 1) return (options[0] as (typeof options)[number]).arbitrary;
  return fc.oneof({ depthSize: 3, maxDepth: 5, depthIdentifier: "program" }, ...options);
}

function production(kind: string, { kids, repeat }: Construct, tie: Tie): fc.Arbitrary<Node> {
  const ties = kids.map(tie);
  const last = ties.at(-1);
  if (repeat === undefined || last === undefined)
    return fc.record({ kind: fc.constant(kind), pick, kids: fc.tuple(...ties) });
  const repeated = fc.array(last, { minLength: Math.min(repeat, 2) - 1, maxLength: repeat, size: "max" });
  return fc.record({
    kind: fc.constant(kind),
    pick,
    kids: fc.tuple(fc.tuple(...ties.slice(0, -1)), repeated).map(([first, rest]) => [...first, ...rest]),
  });
}

const block = (kids: fc.Arbitrary<Node[]>): fc.Arbitrary<Node> => fc.record({ kind: fc.constant("block"), pick, kids });

const many = (one: fc.Arbitrary<Node>, minLength: number, maxLength: number): fc.Arbitrary<Node[]> =>
  fc.array(one, { minLength, maxLength, size: "max" });

/** What other parts of a program can use; most have none. */
const declaration = fc.oneof(
  ...["classDeclaration", "functionDeclaration", "generatorDeclaration", "asyncDeclaration", "let", "object"].map(
    (kind) => production(kind, constructs[kind] as Construct, arbitraryOf),
  ),
);
const declarations = block(
  fc.oneof({ weight: 2, arbitrary: fc.constant<Node[]>([]) }, { weight: 1, arbitrary: many(declaration, 1, 3) }),
);

export const programs: fc.Arbitrary<Program> = fc.record({
  strict: fc.boolean(),
  throwEvery: fc.integer({ min: 7, max: 60 }),
  root: fc.record({
    kind: fc.constant("program"),
    pick,
    kids: fc.tuple(declarations, declarations, block(many(arbitraries.statement, 1, 5))),
  }),
});
