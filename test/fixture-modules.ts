// Loads fixtures natively, each mode as modules of its own: file:///…/input.ts?plain, ?compiled, ?stress.
import { readFileSync } from "node:fs";
import { createRequire, registerHooks } from "node:module";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { compiledParts, compileRuntime } from "../compile-runtime.ts";
import { compile } from "../plugin/compile.ts";
import { fixturesFolder } from "./fixture-files.ts";
import type { Surroundings } from "./fixture-run.ts";

export type Mode = "plain" | "compiled" | "stress";

const fixturesURL = pathToFileURL(fixturesFolder).href;
const runtime: Record<string, string> = {
  greenlets: fileURL("../runtime/core/index.ts"),
  "greenlets/internal": fileURL("../runtime/core/internal.ts"),
  "greenlets/builtins": fileURL("../runtime/builtins/install.ts"),
  "greenlets/green": fileURL("../runtime/green/index.ts"),
};
const pauseURL = fileURL("../fixtures/pause.ts");
const plainPauseURL = fileURL("plain-pause.ts");

/** What Vitest would transform is kept from it: the code under test runs in Node as it is. */
const require = createRequire(import.meta.url);
const { importNatively } = require("./native-import.ts") as typeof import("./native-import.ts");

/** What a compiled fixture runs in: the copies of the runtime and of `pause` that it sees itself. */
export async function importSurroundings(mode: Mode): Promise<Surroundings> {
  const { Greenlet } = (await importNatively(runtime["greenlets"]!)) as typeof import("greenlets");
  const { pause } = (await importNatively(`${pauseURL}?${mode}`)) as typeof import("../fixtures/pause.ts");
  return { Greenlet, pause };
}

export function importPlainPause(): Promise<typeof import("./plain-pause.ts")> {
  return importNatively(plainPauseURL) as Promise<typeof import("./plain-pause.ts")>;
}

/** The exports of a fixture in one of its modes. */
export function importFixture<Exports>(path: string, mode: Mode): Promise<Exports> {
  // CommonJS is remembered by its file name, without the mode.
  delete require.cache[path];
  return importNatively(`${pathToFileURL(path).href}?${mode}`) as Promise<Exports>;
}

registerHooks({
  resolve(specifier, context, next) {
    if (specifier in runtime) return { url: runtime[specifier]!, shortCircuit: true };
    const resolved = next(specifier, context);
    const mode = modeOf(context.parentURL);
    if (mode === undefined || !resolved.url.startsWith(fixturesURL) || modeOf(resolved.url) !== undefined)
      return resolved;
    return {
      ...resolved,
      url: mode === "plain" && resolved.url === pauseURL ? plainPauseURL : `${resolved.url}?${mode}`,
    };
  },
  load(url, context, next) {
    if (compiledParts.test(url))
      return { format: "module", source: compileRuntime(fileURLToPath(url)).code, shortCircuit: true };
    const mode = url.startsWith(fixturesURL) ? modeOf(url) : undefined;
    if (mode === undefined || mode === "plain") return next(url, context);
    const filename = fileURLToPath(url);
    const format = filename.endsWith(".cts") ? "commonjs" : "module";
    const options = { filename, stress: mode === "stress", module: format === "module" ? "esm" : "commonjs" } as const;
    return { format, source: compile(readFileSync(filename, "utf8"), options).code, shortCircuit: true };
  },
});

function modeOf(url: string | undefined): Mode | undefined {
  return /\?(plain|compiled|stress)$/.exec(url ?? "")?.[1] as Mode | undefined;
}

function fileURL(path: string): string {
  return pathToFileURL(join(import.meta.dirname, path)).href;
}
