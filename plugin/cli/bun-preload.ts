/** The same hooks for Bun, which has its own: `bun --preload greenlets-plugin/register app.ts` */
import { readFileSync } from "node:fs";
import { extname } from "node:path";
import { pathToFileURL } from "node:url";
import { withInlineMap } from "./inline-map.ts";
import type { LoadSettings } from "./load-settings.ts";
import { compileUrl } from "./load.ts";

type Contents = { contents: string; loader: string };

interface Build {
  onLoad(where: { filter: RegExp }, load: (module: { path: string }) => Contents): void;
}

declare const Bun: { plugin(plugin: { name: string; setup(build: Build): void }): void };

/** The scripts of the program; Bun wants a text for each module that it asks for. */
const PROGRAM = /^(?!.*[\\/]node_modules[\\/]).*\.[mc]?[jt]sx?$/;

export function preload(settings: LoadSettings): void {
  Bun.plugin({
    name: "greenlets",
    setup(build) {
      build.onLoad({ filter: PROGRAM }, ({ path }) => contentsOf(path, settings));
    },
  });
}

function contentsOf(path: string, settings: LoadSettings): Contents {
  const compiled = compileUrl(pathToFileURL(path).href, undefined, settings);
  const language = extname(path).replace(/[.mc]/g, "");
  if (compiled === undefined) return { contents: readFileSync(path, "utf8"), loader: language };
  // JSX and CommonJS are left to Bun, which knows no way back from them.
  if (path.endsWith("x") || compiled.format !== "module")
    return { contents: compiled.code, loader: path.endsWith("x") ? "jsx" : "js" };
  const map = compiled.map as { mappings: string } | null;
  return {
    contents: withInlineMap(AS_IT_IS + compiled.code, map && { ...map, mappings: `;${map.mappings}` }),
    loader: "js",
  };
}

/** What Bun's own bundler puts before code that Bun is to run as it is, and whose map it is to follow. */
const AS_IT_IS = "// @bun\n";
