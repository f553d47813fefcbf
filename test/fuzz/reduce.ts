/** Makes a failing program small: as long as one of its smaller variants still fails, that one is taken. */
import { constructs, type Program } from "./grammar.ts";
import type { Node, Sort } from "./tree.ts";

export interface Budget {
  readonly attempts: number;
  readonly milliseconds: number;
}

export async function reduce(
  program: Program,
  fails: (smaller: Program) => Promise<boolean>,
  budget: Budget,
): Promise<Program> {
  const end = Date.now() + budget.milliseconds;
  let best = program;
  let attempts = 0;
  let tried = 0; // variants of the best one known not to fail: after a success the search goes on from there
  for (let root = nth(best, tried); root !== undefined; root = nth(best, tried)) {
    if (attempts++ >= budget.attempts || Date.now() > end) return best;
    if (await fails({ ...best, root })) best = { ...best, root };
    else tried++;
  }
  return tried === attempts
    ? best
    : reduce(best, fails, { attempts: budget.attempts - attempts, milliseconds: end - Date.now() });
}

/** The variant at this place in the order of all variants. */
const nth = ({ root }: Program, place: number): Node | undefined => smaller(root).drop(place).next().value;

/** Variants with less in them, the boldest first: without some kids, with a kid's kid in its place, with one kid made smaller. */
function* smaller(node: Node): Generator<Node, undefined> {
  yield* withoutKids(node);
  for (const [index, kid] of node.kids.entries()) {
    for (const replacement of replacements(kid)) yield withKid(node, index, replacement);
  }
  for (const [index, kid] of node.kids.entries()) {
    for (const variant of smaller(kid)) yield withKid(node, index, variant);
  }
}

function* withoutKids(node: Node): Generator<Node> {
  const construct = constructs[node.kind];
  if (construct?.repeat === undefined) return;
  const fixed = construct.kids.length - 1;
  const free = node.kids.length - fixed;
  for (let size = free; size >= 1; size = Math.floor(size / 2)) {
    for (let from = fixed; from < node.kids.length; from += size)
      yield { ...node, kids: node.kids.filter((_, index) => index < from || index >= from + size) };
  }
}

/** What may stand in the place of a node: the simplest of its sort, and what it contains of its sort. */
function* replacements(node: Node): Generator<Node> {
  const sort = sortOf(node);
  const simplest = simple[sort];
  if (simplest !== undefined && node.kind !== simplest.kind) yield simplest;
  yield* descendants(node, sort);
}

const leaf: Node = { kind: "leaf", pick: 14, kids: [] };

const simple: Partial<Record<Sort, Node>> = {
  expression: leaf,
  statement: { kind: "logStatement", pick: 0, kids: [leaf] },
  block: { kind: "block", pick: 0, kids: [] },
  pattern: { kind: "name", pick: 0, kids: [] },
};

function* descendants(node: Node, sort: Sort): Generator<Node> {
  for (const kid of node.kids) {
    if (sortOf(kid) === sort) yield kid;
    else yield* descendants(kid, sort);
  }
}

const sortOf = ({ kind }: Node): Sort => constructs[kind]?.sort ?? "expression";

const withKid = (node: Node, index: number, kid: Node): Node => ({ ...node, kids: node.kids.with(index, kid) });

/** The same tree without nodes of those kinds: the simplest of its sort stands in their place, members and properties are left out. */
export function withoutKinds(node: Node, kinds: ReadonlySet<string>): Node {
  const kids = node.kids.filter(({ kind }) => !kinds.has(kind) || simple[sortOf({ ...node, kind })] !== undefined);
  const simplest = kinds.has(node.kind) ? simple[sortOf(node)] : undefined;
  return simplest ?? { ...node, kids: kids.map((kid) => withoutKinds(kid, kinds)) };
}
