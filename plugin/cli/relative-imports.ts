import { parseSync, traverse, type types } from "@babel/core";

const typeScriptFile = /^(\.{1,2}\/.*)(?<!\.d)\.([mc]?)tsx?$/;

/**
 * Makes relative imports name the files that are written: `from "./walk.ts"` → `from "./walk.js"`, in `import`, `export … from`,
 * `import()` and `require()` (as TypeScript's rewriteRelativeImportExtensions). Source maps stay right: only the end of a literal changes.
 */
export function rewriteRelativeImports(code: string): string {
  const literals = importedLiterals(code).toSorted((a, b) => b.start! - a.start!);
  return literals.reduce((text, { start, end, value }) => {
    const quote = text[start!]!;
    return text.slice(0, start!) + quote + value.replace(typeScriptFile, "$1.$2js") + quote + text.slice(end!);
  }, code);
}

function importedLiterals(code: string): types.StringLiteral[] {
  const ast = parseSync(code, {
    configFile: false,
    babelrc: false,
    sourceType: "unambiguous",
    parserOpts: { plugins: ["jsx"] },
  });
  const found: types.StringLiteral[] = [];
  const keep = (node: types.Node | null | undefined): void => {
    if (node?.type === "StringLiteral" && typeScriptFile.test(node.value)) found.push(node);
  };
  if (ast === null) return found;
  traverse(ast, {
    ImportDeclaration: ({ node }) => keep(node.source),
    ExportNamedDeclaration: ({ node }) => keep(node.source),
    ExportAllDeclaration: ({ node }) => keep(node.source),
    ImportExpression: ({ node }) => keep(node.source),
    CallExpression({ node }) {
      if (node.callee.type === "Identifier" && node.callee.name === "require") keep(node.arguments[0]);
    },
  });
  return found;
}
