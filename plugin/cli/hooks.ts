import * as nodeModule from "node:module";
import type { LoadSettings } from "./load-settings.ts";
import { loadCompiled } from "./load.ts";
import { needsOwnRequire, withOwnRequire } from "./own-require.ts";
import { isNotFound, ownRuntime, sourceSpecifiers } from "./resolve.ts";

/** True where hooks run in the program's own thread and see `import` and `require` alike (Node 22.15 and 23.5). */
export const hasThreadHooks = typeof nodeModule.registerHooks === "function";

/** From here on, every module of the program is compiled as it loads, and stack traces show source lines. */
export function installHooks(settings: LoadSettings): void {
  showSourceLines();
  nodeModule.registerHooks({
    load(url, context, next) {
      const loaded = loadCompiled(url, context, settings);
      if (!needsOwnRequire || !loaded?.format.startsWith("commonjs") || !context.conditions.includes("import"))
        return loaded ?? next(url, context);
      return { ...loaded, source: withOwnRequire(loaded.source) };
    },
    resolve,
  });
}

const resolve: nodeModule.ResolveHookSync = (specifier, context, next) => {
  for (const candidate of [specifier, ...sourceSpecifiers(specifier)]) {
    try {
      return next(candidate, context);
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
  }
  // Nothing found: Node's own error, for the specifier as written.
  return ownRuntime(specifier) ?? next(specifier, context);
};

/** Stack traces through our maps, not through those of dependencies. */
export function showSourceLines(): void {
  if (nodeModule.setSourceMapsSupport)
    nodeModule.setSourceMapsSupport(true, { nodeModules: false, generatedCode: false });
  else process.setSourceMapsEnabled(true);
}
