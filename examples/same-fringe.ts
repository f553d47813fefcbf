// Do two trees have the same leaves in the same order? Both are walked at once, leaf by leaf, and no further than the first
// difference. The walk is the plain recursive one: a generator would need `yield*` at every level, and pay for every level.
import { iterate } from "./iterate.ts";

type Tree = string | [Tree, Tree];

function eachLeaf(tree: Tree, give: (leaf: string) => void): void {
  if (typeof tree === "string") return give(tree);
  eachLeaf(tree[0], give);
  eachLeaf(tree[1], give);
}

export function sameFringe(left: Tree, right: Tree): boolean {
  const rights = iterate<string>((give) => eachLeaf(right, give));
  for (const leaf of iterate<string>((give) => eachLeaf(left, give))) {
    const other = rights.next();
    if (other.done || other.value !== leaf) return false;
  }
  return rights.next().done === true;
}

/** The same leaves in a tree that leans to one side, as deep as it has leaves. */
function leaning(leaves: string[]): Tree {
  return leaves.reduceRight<Tree>((tree, leaf) => [leaf, tree], "end");
}

const letters = [..."abcdefgh"];
console.log(
  sameFringe(
    [
      ["a", "b"],
      ["c", "end"],
    ],
    ["a", ["b", ["c", "end"]]],
  ),
);
console.log(sameFringe([["a", "b"], "end"], ["a", ["c", "end"]]));
console.log(sameFringe(leaning(letters), leaning([...letters, "more"])));

const many = Array.from({ length: 5_000 }, (_, index) => `leaf ${index}`);
console.log(sameFringe(leaning(many), leaning(many)));
