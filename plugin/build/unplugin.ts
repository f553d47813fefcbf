/**
 * unplugin — the compile step as a plugin of every bundler that unplugin serves; vite.ts, rolldown.ts, … hand out one each.
 *
 * It comes before all others, so that it sees what users wrote: types, JSX, decorators; and it leaves them for those that come after it.
 * A file in which nothing may switch goes on byte-identical, as do the functions of other files in which nothing may switch.
 */
import { PARTS } from "../../runtime/parts.ts";
import {
  createUnplugin,
  type SourceMapCompact,
  type TransformResult,
  type UnpluginInstance,
  type UnpluginOptions,
} from "unplugin";
import { settle, type Options } from "../options.ts";
import { rewrite } from "../rewrite.ts";
import type { Plugin as VitePlugin } from "vite";
import { BuildProject } from "./project.ts";
import { compiles, fileOf, BODY, SCRIPT, VIRTUAL, type Choice } from "./compiles.ts";
import { refusalOf } from "./refusal.ts";

/** The compiler's options, and which modules it gets to see. */
export interface BuildOptions extends Options, Choice {
  /** A tsconfig: types decide what may switch, in all files together. They are asked before the build, and again after each edit. */
  project?: string;
}

/** Bundlers that show a code frame beside an error's message. */
const SHOWS_FRAMES = new Set(["vite", "rollup", "rolldown"]);

/** What compiled code imports; Vite would discover it one reload later. */
const RUNTIME = ["greenlets", ...["internal", ...Object.keys(PARTS)].map((name) => `greenlets/${name}`)];

export const unplugin: UnpluginInstance<BuildOptions | undefined, false> = createUnplugin((options, { framework }) =>
  pluginFor(options ?? {}, framework),
);

function pluginFor({ include = [], exclude = [], project, ...own }: BuildOptions, framework: string): UnpluginOptions {
  settle(own);
  const whole = project === undefined ? undefined : new BuildProject(project, own.assume ?? {});
  return {
    name: "greenlets",
    enforce: "pre",
    ...(whole && followProject(whole, own)),
    transform: {
      filter: { id: { include: SCRIPT, exclude: [VIRTUAL, ...exclude] }, code: BODY },
      handler(source, id) {
        const filename = fileOf(id);
        if (whole !== undefined && RELOADS_BY_FILE.has(framework)) this.addWatchFile(whole.factsFile);
        return compiles(filename, source, { include, exclude })
          ? compileModule(source, filename, own, SHOWS_FRAMES.has(framework))
          : null;
      },
    },
    vite: { config: () => forVite(include), ...(whole && followInVite(whole)) },
  };
}

/** Bundlers that compile a module again only when a file it depends on has changed: every module depends on the facts. */
const RELOADS_BY_FILE = new Set(["webpack", "rspack"]);

function followProject(project: BuildProject, own: Options): Partial<UnpluginOptions> {
  const changed = new Set<string>();
  return {
    async buildStart() {
      own.facts = await project.open();
    },
    watchChange(id) {
      for (const file of project.update(id)) changed.add(file);
    },
    rollup: { shouldTransformCachedModule: ({ id }: { id: string }) => changed.delete(id) },
  };
}

/** In the development server, an edit also reloads the modules whose answers changed with it. */
function followInVite(project: BuildProject): Partial<VitePlugin> {
  return {
    hotUpdate({ file, modules }) {
      const { moduleGraph } = this.environment;
      const others = project.update(file).flatMap((path) => [...(moduleGraph.getModulesByFile(path) ?? [])]);
      return others.length === 0 ? undefined : [...new Set([...modules, ...others])];
    },
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
