/** The same hooks for Bun, which has its own: `bun --preload greenlets-plugin/register app.ts` */
import { readFileSync } from "node:fs";
import { extname } from "node:path";
import { pathToFileURL } from "node:url";
import { withInlineMap } from "./inline-map.ts";
import type { LoadSettings } from "./load-settings.ts";
import { compileUrl } from "./load.ts";
import { declaredFormat, formatBySyntax } from "./module-format.ts";

type Contents = { contents: string; loader: string };

interface Build {
  onLoad(where: { filter: RegExp }, load: (module: { path: string }) => Contents): void;
}

declare const Bun: { plugin(plugin: { name: string; setup(build: Build): void }): void };

/**
 * The scripts of the program; Bun wants a text for each module that it asks for. What it is given of a CommonJS module it does not run
 * (1.4), so .cjs and .cts files are not compiled.
 */
const PROGRAM = /^(?!.*[\\/]node_modules[\\/]).*\.m?[jt]sx?$/;

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
  if (compiled === undefined) return asItIs(path, readFileSync(path, "utf8"), language);
  if (compiled.format !== "module") throw commonJsRefused(path);
  // JSX is left to Bun, which knows no way back from it.
  if (path.endsWith("x")) return { contents: compiled.code, loader: "jsx" };
  const map = compiled.map as { mappings: string } | null;
  return {
    contents: withInlineMap(AS_IT_IS + compiled.code, map && { ...map, mappings: `;${map.mappings}` }),
    loader: "js",
  };
}

/** What Bun's own bundler puts before code that Bun is to run as it is, and whose map it is to follow. */
const AS_IT_IS = "// @bun\n";

function asItIs(path: string, contents: string, loader: string): Contents {
  if ((declaredFormat(path) ?? formatBySyntax(path, contents)) === "commonjs") throw commonJsRefused(path);
  return { contents, loader };
}

function commonJsRefused(path: string): Error {
  return new Error(
    `${path} is CommonJS, and Bun's plugins can only load ES modules. Write it as an ES module, or name it .cjs or .cts: it is then not compiled.`,
  );
}
