/** Compiles a file of runtime/builtins as the package's build does: what only asks the host is known to be plain. */
import { transformSync, type InputOptions, type PluginItem, type PluginObject } from "@babel/core";
import presetTypescript from "@babel/preset-typescript";
import type { Node, Program } from "@babel/types";
import { settle } from "../../plugin/options.ts";
import { compileProgram } from "../../plugin/pipeline.ts";
import { isPlainModule } from "../../runtime/builtins/names.ts";

/** The names that a program imports from modules that never run code of a user. */
function plainImports(program: Program): Set<string> {
  const names = new Set<string>();
  for (const statement of program.body) {
    if (statement.type !== "ImportDeclaration" || !isPlainModule(statement.source.value)) continue;
    for (const specifier of statement.specifiers) names.add(specifier.local.name);
  }
  return names;
}

function knowledgeOf(program: Program): { isPoint(node: Node): boolean | undefined } {
  const plain = plainImports(program);
  return {
    isPoint: (node) =>
      node.type === "CallExpression" && node.callee.type === "Identifier" && plain.has(node.callee.name) ? false : undefined,
  };
}

/** @param runtime the module that exports `$` */
export function compileVersion(source: string, filename: string, runtime: string, stress = false): string {
  const settings = settle({ runtime, stress });
  const plugin: PluginObject = {
    name: "versions",
    visitor: {
      Program: {
        enter(path) {
          if (compileProgram(path.node, settings, stress ? undefined : knowledgeOf(path.node))) path.scope.crawl();
        },
      },
    },
  };
  const presets = [[presetTypescript, { onlyRemoveTypeImports: false }]] as unknown as PluginItem[];
  const result = transformSync(source, { filename, babelrc: false, configFile: false, sourceType: "module", plugins: [() => plugin], presets } as InputOptions);
  return result?.code ?? source;
}
