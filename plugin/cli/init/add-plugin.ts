/**
 * add-plugin — puts the compile step into a configuration file, first among its plugins, and changes nothing else.
 *
 *   export default defineConfig({ plugins: [react()] })   →   import greenlets from "greenlets-plugin/vite";
 *                                                             export default defineConfig({ plugins: [greenlets(), react()] })
 */
import { parse, parseExpression } from "@babel/parser";
import type { ArrayExpression, Expression, Node, ObjectExpression, Program } from "@babel/types";
import type { Build } from "./builds.ts";

/** @returns the new text; null where the place for a plugin can't be told, or the file can't be read */
export function withPlugin(text: string, file: string, { plugin }: Build): string | null {
  try {
    return file.endsWith(".json") || file === ".babelrc"
      ? inObject(text, jsonObject(text), JSON.stringify("string" in plugin ? plugin.string : plugin.import))
      : inScript(text, plugin);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function jsonObject(text: string): ObjectExpression | null {
  const root = parseExpression(text);
  return root.type === "ObjectExpression" ? root : null;
}

function inScript(text: string, plugin: Build["plugin"]): string | null {
  const { program } = parse(text, { sourceType: "unambiguous", plugins: ["typescript"] });
  const isModule = program.sourceType === "module";
  const added = inObject(
    text,
    configuration(program),
    "string" in plugin ? JSON.stringify(plugin.string) : "greenlets()",
  );
  if (added === null || "string" in plugin) return added;
  if (mentions(program, "greenlets")) return null;
  const from = JSON.stringify(plugin.import);
  const line = isModule ? `import greenlets from ${from};\n` : `const { default: greenlets } = require(${from});\n`;
  const at = program.body[0]?.start ?? 0;
  return added.slice(0, at) + line + added.slice(at);
}

/** `plugins: [` a `]` → `plugins: [` element, a `]`; an object without plugins gets some. */
function inObject(text: string, object: ObjectExpression | null, element: string): string | null {
  if (object === null || object.start == null) return null;
  const plugins = object.properties.find(
    (property) => property.type === "ObjectProperty" && keyOf(property.key) === "plugins",
  );
  if (plugins === undefined) return afterBrace(text, object, element);
  if (plugins.type !== "ObjectProperty" || plugins.value.type !== "ArrayExpression") return null;
  return afterBracket(text, plugins.value, element);
}

function afterBracket(text: string, { start, elements }: ArrayExpression, element: string): string {
  const at = (start ?? 0) + 1;
  const [, gap = ""] = /^(\s*)/.exec(text.slice(at)) ?? [];
  const separator = elements.length === 0 ? "" : gap === "" ? ", " : ",";
  return text.slice(0, at) + gap + element + separator + text.slice(at);
}

/** As the first property, on a line of its own where the others have theirs. */
function afterBrace(text: string, { start, properties }: ObjectExpression, element: string): string {
  const at = (start ?? 0) + 1;
  const [, gap = ""] = /^(\s*)/.exec(text.slice(at)) ?? [];
  const key = text.startsWith("{") && /^\s*["}]/.test(text.slice(at)) ? `"plugins"` : "plugins";
  const property = `${key}: [${element}]`;
  if (properties.length === 0) return `${text.slice(0, at)} ${property} ${text.slice(at).trimStart()}`;
  return text.slice(0, at) + gap + property + "," + (gap === "" ? " " : "") + text.slice(at);
}

/** The object that a file exports: as it stands, in a call (`defineConfig`), returned by a function, or under a name. */
function configuration(program: Program): ObjectExpression | null {
  for (const statement of program.body) {
    if (statement.type === "ExportDefaultDeclaration") return objectIn(statement.declaration, program);
    if (statement.type !== "ExpressionStatement" || statement.expression.type !== "AssignmentExpression") continue;
    const { left, right } = statement.expression;
    if (left.type === "MemberExpression" && left.object.type === "Identifier" && left.object.name === "module")
      return objectIn(right, program);
  }
  return null;
}

function objectIn(node: Node | null | undefined, program: Program): ObjectExpression | null {
  if (node?.type === "ObjectExpression") return node;
  if (node?.type === "CallExpression") return objectIn(node.arguments[0], program);
  if (node?.type === "TSSatisfiesExpression" || node?.type === "TSAsExpression")
    return objectIn(node.expression, program);
  if (node?.type === "ArrowFunctionExpression" && node.body.type !== "BlockStatement")
    return objectIn(node.body, program);
  if (node?.type === "Identifier") return objectIn(constantNamed(node.name, program), program);
  return null;
}

function constantNamed(name: string, { body }: Program): Expression | null | undefined {
  const declarators = body.flatMap((statement) =>
    statement.type === "VariableDeclaration" ? statement.declarations : [],
  );
  return declarators.find(({ id }) => id.type === "Identifier" && id.name === name)?.init;
}

/** Whether a file has this name already. */
function mentions(program: Program, name: string): boolean {
  return program.body.some(
    (statement) =>
      (statement.type === "ImportDeclaration" && statement.specifiers.some(({ local }) => local.name === name)) ||
      (statement.type === "VariableDeclaration" &&
        statement.declarations.some(({ id }) => id.type === "Identifier" && id.name === name)),
  );
}

function keyOf(key: Node): string | undefined {
  if (key.type === "Identifier") return key.name;
  return key.type === "StringLiteral" ? key.value : undefined;
}
