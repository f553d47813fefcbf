/**
 * exports — what a file gives to the outside: for packages, whose callers the analysis can't see.
 *
 *   In     a function or class
 *   Out    is it exported, or a member of an exported class?
 */
import type { Context } from "./context.ts";
import { textOfName } from "./declarations.ts";
import type { Node, SourceFile } from "./oracle.ts";
import { parts } from "./values.ts";

export function isExported(context: Context, node: Node): boolean {
  const k = context.kinds;
  const { parent } = node;
  if (parent.kind === k.ClassDeclaration) return isExported(context, parent);
  if (
    parts(node).modifiers?.some(({ kind }) => kind === k.ExportKeyword) === true ||
    parent.kind === k.ExportAssignment
  )
    return true;
  const declaration = parent.kind === k.VariableDeclaration ? parent : node;
  const statement = declaration === node ? node : declaration.parent?.parent;
  if (statement !== undefined && parts(statement).modifiers?.some(({ kind }) => kind === k.ExportKeyword) === true)
    return true;
  return statement?.parent?.kind === k.SourceFile && listed(context).has(context.name(declaration) ?? "");
}

const lists = new WeakMap<SourceFile, ReadonlySet<string>>();

/** The names in `export { a, b as c }` and `export default a`. */
function listed(context: Context): ReadonlySet<string> {
  const known = lists.get(context.file);
  if (known !== undefined) return known;
  const names = new Set<string>();
  const visit = (node: Node): void => {
    const k = context.kinds;
    if (node.kind === k.ExportSpecifier)
      names.add(textOfName(context.oracle, parts(node).propertyName ?? parts(node).name) ?? "");
    else if (node.kind === k.ExportAssignment) names.add(textOfName(context.oracle, parts(node).expression) ?? "");
    else if (node.kind === k.ExportDeclaration || node.kind === k.NamedExports) context.oracle.children(node, visit);
  };
  context.oracle.children(context.file, visit);
  lists.set(context.file, names);
  return names;
}
