/** naming — what an anonymous function or class is called where it stands (ECMA-262 §8.4.5 NamedEvaluation). */
import type { Node } from "@babel/types";
import type { Parent } from "../places.ts";

/**
 * @param place where it hangs
 * @returns "" where it gets no name, null where its name is known only at run time
 */
export function nameInContext(place: Parent, parents: Map<Node, Parent>): string | null {
  let at: Parent | undefined = place;
  while (at !== undefined && WRAPPERS.has(at.node.type)) at = parents.get(at.node);
  if (at === undefined) return "";
  const { node: parent, key } = at;
  switch (parent.type) {
    case "VariableDeclarator":
      return key === "init" && parent.id.type === "Identifier" ? parent.id.name : "";
    case "AssignmentPattern":
      return key === "right" && parent.left.type === "Identifier" ? parent.left.name : "";
    case "AssignmentExpression":
      return key === "right" && NAMING.has(parent.operator) && parent.left.type === "Identifier"
        ? parent.left.name
        : "";
    case "ObjectProperty":
    case "ClassProperty":
    case "ClassPrivateProperty":
    case "ClassAccessorProperty":
      return key === "value" ? nameOfKey(parent) : "";
    case "ExportDefaultDeclaration":
      return "default";
    default:
      return "";
  }
}

const WRAPPERS = new Set([
  "ParenthesizedExpression",
  "TSAsExpression",
  "TSNonNullExpression",
  "TSSatisfiesExpression",
  "TSTypeAssertion",
]);

const NAMING = new Set(["=", "&&=", "||=", "??="]);

function nameOfKey(property: Node & { key: Node; computed?: boolean }): string | null {
  if (property.computed) return null;
  const { key } = property;
  if (key.type === "PrivateName") return `#${key.id.name}`;
  const name =
    key.type === "Identifier"
      ? key.name
      : key.type === "StringLiteral" || key.type === "NumericLiteral" || key.type === "BigIntLiteral"
        ? String(key.value)
        : "";
  // { __proto__: class {} } names nothing.
  return property.type === "ObjectProperty" && name === "__proto__" ? "" : name;
}
