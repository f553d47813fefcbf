/** patterns — what a binding pattern binds. */
import type { Identifier, Node } from "@babel/types";

/** Calls `visit` with each identifier that a binding pattern binds. */
export function eachTarget(pattern: Node, visit: (target: Identifier) => void): void {
  switch (pattern.type) {
    case "Identifier":
      return visit(pattern);
    case "ObjectPattern":
      for (const property of pattern.properties)
        eachTarget(property.type === "RestElement" ? property.argument : property.value, visit);
      return;
    case "ArrayPattern":
      for (const element of pattern.elements) if (element) eachTarget(element, visit);
      return;
    case "AssignmentPattern":
      return eachTarget(pattern.left, visit);
    case "RestElement":
      return eachTarget(pattern.argument, visit);
    case "TSParameterProperty":
      return eachTarget(pattern.parameter, visit);
    default:
      return;
  }
}
