/**
 * unplugin — the compile step as a plugin of every bundler that unplugin serves; vite.ts, rolldown.ts, … hand out one each.
 *
 * It comes before all others, so that it sees what users wrote: types, JSX, decorators; and it leaves them for those that come after it.
 * A file in which nothing may switch goes on byte-identical, as do the functions of other files in which nothing may switch.
 */
import {
  createUnplugin,
  type SourceMapCompact,
  type TransformResult,
  type UnpluginInstance,
  type UnpluginOptions,
} from "unplugin";
import { settle, type Options } from "../options.ts";
import { rewrite } from "../rewrite.ts";
import { compiles, fileOf, BODY, SCRIPT, VIRTUAL, type Choice } from "./compiles.ts";
import { refusalOf } from "./refusal.ts";

/** The compiler's options, and which modules it gets to see. */
export interface BuildOptions extends Options, Choice {}

/** Bundlers that show a code frame beside an error's message. */
const SHOWS_FRAMES = new Set(["vite", "rollup", "rolldown"]);

/** What compiled code imports; Vite would discover it one reload later. */
const RUNTIME = ["greenlets", "greenlets/internal", "greenlets/builtins"];

export const unplugin: UnpluginInstance<BuildOptions | undefined, false> = createUnplugin((options, { framework }) =>
  pluginFor(options ?? {}, framework),
);

function pluginFor({ include = [], exclude = [], ...own }: BuildOptions, framework: string): UnpluginOptions {
  settle(own);
  return {
    name: "greenlets",
    enforce: "pre",
    transform: {
      filter: { id: { include: SCRIPT, exclude: [VIRTUAL, ...exclude] }, code: BODY },
      handler(source, id) {
        const filename = fileOf(id);
        return compiles(filename, source, { include, exclude })
          ? compileModule(source, filename, own, SHOWS_FRAMES.has(framework))
          : null;
      },
    },
    vite: { config: () => forVite(include) },
  };
}

/** null for a module in which nothing may switch: the bundler goes on with what it has. */
function compileModule(source: string, filename: string, own: Options, showsFrames: boolean): TransformResult {
  try {
    const rewritten = rewrite(source, { ...own, filename });
    // An object: ts-loader reads maps of earlier loaders only in that form.
    return rewritten && { code: rewritten.code, map: rewritten.map as SourceMapCompact };
  } catch (error) {
    throw refusalOf(error, filename, showsFrames);
  }
}

/** Dependencies that are compiled must come through the plugins: not pre-bundled, not left to Node. */
function forVite(include: readonly (string | RegExp)[]): object {
  const names = include.filter((one) => typeof one === "string");
  return { optimizeDeps: { include: RUNTIME, exclude: names }, ssr: { noExternal: include } };
}
