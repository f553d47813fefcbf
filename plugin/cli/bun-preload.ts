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
  // JSX is left to Bun, which knows no way back from it.
  if (path.endsWith("x")) return { contents: compiled.code, loader: "jsx" };
  const [head, foot] = compiled.format === "module" ? ESM : COMMONJS;
  const map = { ...compiled.map, mappings: ";".repeat(head.split("\n").length - 1) + mappingsOf(compiled.map) };
  return { contents: withInlineMap(head + compiled.code + foot, compiled.map && map), loader: "js" };
}

/** What Bun's own bundler puts around code that Bun is to run as it is, and whose map it is to follow. */
const ESM = ["// @bun\n", ""] as const;
const COMMONJS = [
  "// @bun @bun-cjs\n(function(exports, require, module, __filename, __dirname) {\n",
  "\n})\n",
] as const;

const mappingsOf = (map: object | null): string => (map as { mappings: string } | null)?.mappings ?? "";
