// The tree that the plugin leaves behind, checked beyond its text.
import { parseSync, transformFromAstSync, types, type InputOptions } from "@babel/core";
import generate from "@babel/generator";
import greenlets from "../plugin/babel.ts";
import { parserPluginsWithTypes } from "../plugin/parsing.ts";

export type TransformedTree = {
  /** The types of nodes that stand in more than one place: an edit of one would silently edit the other. */
  repeated: string[];
  /** The types of nodes that the plugin brought in or moved; empty for a file that it leaves alone. */
  replaced: string[];
  printed: string;
  /** What its text prints as when parsed again: equal, unless the tree says something that its text does not. */
  reprinted: string;
};

/** Transforms a source with the plugin alone (types stay) and looks at the result. */
export function transformedTree(source: string, filename: string, stress: boolean): TransformedTree {
  const options: InputOptions = {
    filename,
    configFile: false,
    babelrc: false,
    sourceType: filename.endsWith(".cjs") ? "script" : "module",
    parserOpts: { plugins: parserPluginsWithTypes(filename) as never },
  };
  const tree = parseSync(source, options)!;
  const before = nodesOf(tree);
  transformFromAstSync(tree, source, {
    ...options,
    plugins: [[greenlets, { stress }]],
    code: false,
    cloneInputAst: false,
  });
  const after = nodesOf(tree);
  const printed = print(tree);
  return {
    repeated: repeatedIn(after),
    replaced: after.filter((node, index) => node !== before[index]).map(({ type }) => type),
    printed,
    reprinted: print(parseSync(printed, options)!),
  };
}

/** Every node, in the order of the tree. */
function nodesOf(root: types.Node): types.Node[] {
  const nodes: types.Node[] = [];
  types.traverseFast(root, (node) => void nodes.push(node));
  return nodes;
}

function repeatedIn(nodes: readonly types.Node[]): string[] {
  const seen = new Set<types.Node>();
  return nodes.filter((node) => seen.size === seen.add(node).size).map(({ type }) => type);
}

/** Without comments and line breaks: two trees print the same if and only if they are the same program. */
function print(tree: types.Node): string {
  return generate(tree, { comments: false, compact: true }).code;
}
