/**
 * visitor — the compiler as a plugin of Babel.
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

/** Other plugins follow, and ask Babel's scopes: they must know the new names. */
export const crawl = (path: NodePath<Program>, changed: boolean): void => void (changed && path.scope.crawl());

/** Nobody else visits the file: it needs no scopes and no further walk. */
export const skip = (path: NodePath<Program>): void => path.skip();

/** What is left to do for a file; `changed`: something in it was compiled. */
type Finish = (path: NodePath<Program>, changed: boolean) => void;

export function plugin(api: PluginAPI, options: Options, finish: Finish): PluginObject {
  api.assertVersion("^7.22.0 || ^8.0.0");
  const settings = settle(options);
  return {
    name: "greenlets",
    visitor: {
      Program: {
        enter(path: NodePath<Program>) {
          try {
            const changed = compileProgram(path.node, settings, settingOf(path, settings.facts));
            if (changed) fileOf(path).metadata.greenlets = true;
            finish(path, changed);
          } catch (error) {
            throw error instanceof CompileError ? withFrame(path, error) : error;
          }
        },
      },
    },
  };
}

/** What this plugin uses of Babel's file; `metadata` is handed out with the result. */
interface File {
  code: string;
  opts: { filename?: string; cwd?: string };
  metadata: { greenlets?: true };
  buildCodeFrameError(node: Node, message: string, type?: ErrorConstructor): Error;
}

const fileOf = (path: NodePath<Program>): File => (path.hub as unknown as { file: File }).file;

function settingOf(path: NodePath<Program>, factsFile: string): Setting {
  const file = fileOf(path);
  const { filename = "", cwd = "" } = file.opts;
  return {
    knowledge: readKnowledge(factsFile, filename, file.code),
    filename: relative(cwd, filename).split(sep).join("/"),
  };
}

/** The same error with Babel's code frame. */
function withFrame(path: NodePath<Program>, error: CompileError): Error {
  const framed = error.node ? fileOf(path).buildCodeFrameError(error.node, error.message, Error) : error;
  const loc = error.node?.loc?.start;
  return Object.assign(framed, { code: error.code, ...(loc && { loc }) });
}
