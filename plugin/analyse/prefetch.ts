/**
 * prefetch — asks the checker everything about one file in two batches, before the file is read.
 *
 *   In     a Context
 *   Out    the same Context, which now knows the symbols of names and the types of receivers
 *   Keeps  nothing depends on it: a question not asked here is asked alone later, which only costs time
 */
import type { Context } from "./context.ts";
import type { Node } from "./oracle.ts";
import { parts } from "./values.ts";

export function prefetch(context: Context): void {
  if (!context.oracle.remote) return;
  const names: Node[] = [];
  const typed: Node[] = [];
  const visit = (node: Node): void => {
    collect(context, node, names, typed);
    if (!isTypeOnly(context, node)) context.oracle.children(node, visit);
  };
  context.oracle.children(context.file, visit);
  context.prefetchSymbols(names);
  context.prefetchTypes(typed);
}

function isTypeOnly(context: Context, node: Node): boolean {
  const k = context.kinds;
  return (
    node.kind === k.InterfaceDeclaration ||
    node.kind === k.TypeAliasDeclaration ||
    (node.kind >= k.FirstTypeNode && node.kind <= k.LastTypeNode)
  );
}

function collect(context: Context, node: Node, names: Node[], typed: Node[]): void {
  const k = context.kinds;
  const p = parts(node);
  switch (node.kind) {
    case k.Identifier:
    case k.PrivateIdentifier:
      if (isUse(context, node)) names.push(node);
      break;
    case k.PropertyAccessExpression:
    case k.ElementAccessExpression:
    case k.ForOfStatement:
    case k.SpreadElement:
      typed.push(p.expression);
      break;
    case k.CallExpression:
    case k.Parameter:
    case k.ObjectLiteralExpression:
    case k.ObjectBindingPattern:
    case k.ArrayBindingPattern:
      typed.push(node);
      break;
    default:
  }
}

/** Names that stand for a value: not the name being declared, nor a property's key. */
function isUse(context: Context, node: Node): boolean {
  const k = context.kinds;
  const { parent } = node;
  const isName = (parts(parent).name as Node | undefined) === node;
  if (isName)
    return (
      parent.kind === k.PropertyAccessExpression ||
      parent.kind === k.ClassDeclaration ||
      parent.kind === k.ClassExpression
    );
  return (
    parent.kind !== k.ImportSpecifier &&
    parent.kind !== k.ExportSpecifier &&
    parent.kind !== k.LabeledStatement &&
    parts(parent).propertyName !== node
  );
}
