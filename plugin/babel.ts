/**
 * The Babel plugin, for Babel 7.22 and later and for Babel 8.
 *
 *   { "plugins": ["greenlets-plugin/babel"] }
 *
 * Everything happens on `Program.enter`, whole functions at a time, before other plugins change what users wrote.
 */
import { relative, sep } from "node:path";
import type { NodePath, PluginAPI, PluginObject } from "@babel/core";
import type { Node, Program } from "@babel/types";
import { CompileError } from "./diagnostics.ts";
import { settle, type Options } from "./options.ts";
import { readKnowledge } from "./knowledge.ts";
import { compileProgram, type Setting } from "./pipeline.ts";

export type { Options };

export default function greenlets(api: PluginAPI, options: Options): PluginObject {
  api.assertVersion("^7.22.0 || ^8.0.0");
  const settings = settle(options);
  return {
    name: "greenlets",
    visitor: {
      Program: {
        enter(path: NodePath<Program>) {
          try {
            // Later plugins ask Babel's scopes; they must know the new names.
            if (compileProgram(path.node, settings, settingOf(path, settings.facts))) path.scope.crawl();
          } catch (error) {
            throw error instanceof CompileError ? withFrame(path, error) : error;
          }
        },
      },
    },
  };
}

function settingOf(path: NodePath<Program>, factsFile: string): Setting {
  const { file } = path.hub as unknown as { file: { code: string; opts: { filename?: string; cwd?: string } } };
  const { filename = "", cwd = "" } = file.opts;
  return {
    knowledge: readKnowledge(factsFile, filename, file.code),
    filename: relative(cwd, filename).split(sep).join("/"),
  };
}

/** The same error with Babel's code frame. */
function withFrame(path: NodePath<Program>, error: CompileError): Error {
  const file = (
    path.hub as unknown as {
      file: { buildCodeFrameError(node: Node, message: string, type?: ErrorConstructor): Error };
    }
  ).file;
  const framed = error.node ? file.buildCodeFrameError(error.node, error.message, Error) : error;
  const loc = error.node?.loc?.start;
  return Object.assign(framed, { code: error.code, ...(loc && { loc }) });
}

export { greenlets as "module.exports" };
