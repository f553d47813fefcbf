import type { LintNode } from "./rule.ts";

export function isNode(value: unknown): value is LintNode {
  return typeof value === "object" && value !== null && "type" in value && "range" in value;
}

/** The nodes directly inside, in the order of the text. `parent` points upwards and is left out. */
export function childrenOf(node: LintNode): LintNode[] {
  const found = Object.entries(node).flatMap(([field, value]) =>
    field === "parent" ? [] : Array.isArray(value) ? value.filter(isNode) : isNode(value) ? [value] : [],
  );
  return found.sort((a, b) => a.range[0] - b.range[0]);
}

export function isFunction({ type }: LintNode): boolean {
  return type === "FunctionDeclaration" || type === "FunctionExpression" || type === "ArrowFunctionExpression";
}
