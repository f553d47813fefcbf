// Loads the library and programs that use it natively, compiled, each mode as modules of its own:
// file:///…/fixtures/green/E5-…/input.ts?compiled, …?stress.
import { globSync, readFileSync } from "node:fs";
import { createRequire, registerHooks } from "node:module";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { runtimeModules } from "../../compile-runtime.ts";
import { compile } from "../../plugin/compile.ts";
import { guarded } from "./guard.ts";

/** `guarded`: compiled, and what is taken for plain is watched. */
export type Mode = "compiled" | "stress" | "guarded";
export const modes: Mode[] = ["compiled", "stress"];

const root = pathToFileURL(join(import.meta.dirname, "../..")).href;
const green: Record<string, string> = {
  "greenlets/green": `${root}/runtime/green/index.ts`,
  "greenlets/green/testing": `${root}/runtime/green/testing.ts`,
};

/** Ours, and may switch. What never does (the loop's own side of the library, the core) runs as it is. */
const compiled = new RegExp(
  `^${root}/(runtime/green/(?!loop/|by-hand/|errors\\.ts)|fixtures/green/|test/green/(?:scenarios|programs)/|examples/green/)`,
);
/** The library's modules that never switch. */
const plainImports = [
  "/errors.ts",
  ...globSync("runtime/green/loop/*.ts", { cwd: join(import.meta.dirname, "../..") }).map((path) =>
    path.slice("runtime/green".length),
  ),
];

const library = new RegExp(`^${root}/runtime/green/`);

/** Loaded once per mode. */
const perMode = new RegExp(
  `^${root}/(runtime/green/|fixtures/green/|test/green/(?:scenarios|programs)/|examples/green/)`,
);

const { importNatively } = createRequire(import.meta.url)(
  "../native-import.ts",
) as typeof import("../native-import.ts");

/** The exports of a module in one of its modes; `path` is relative to the repository, or the name of an entry. */
export function load<Exports>(path: string, mode: Mode): Promise<Exports> {
  return importNatively(`${green[path] ?? `${root}/${path}`}?${mode}`) as Promise<Exports>;
}

registerHooks({
  resolve(specifier, context, next) {
    const mode = modeOf(context.parentURL);
    if (specifier in green) return { url: `${green[specifier]}?${mode ?? "compiled"}`, shortCircuit: true };
    const own = runtimeModules[specifier];
    if (own !== undefined) return { url: pathToFileURL(own).href, shortCircuit: true };
    const resolved = next(specifier, context);
    if (mode === undefined || !perMode.test(resolved.url) || modeOf(resolved.url) !== undefined) return resolved;
    return { ...resolved, url: `${resolved.url}?${mode}` };
  },
  load(url, context, next) {
    const mode = modeOf(url);
    if (mode === undefined) return next(url, context);
    const filename = fileURLToPath(url);
    const source = mode === "guarded" && library.test(url) ? guarded(filename) : readFileSync(filename, "utf8");
    if (!compiled.test(url)) return { format: "module-typescript", source, shortCircuit: true };
    const options = {
      filename,
      stress: mode === "stress",
      module: "esm",
      sourceMaps: false,
      builtins: false,
      plainImports,
    } as const;
    return { format: "module", source: compile(source, options).code, shortCircuit: true };
  },
});

function modeOf(url: string | undefined): Mode | undefined {
  return /\?(compiled|stress|guarded)$/.exec(url ?? "")?.[1] as Mode | undefined;
}
