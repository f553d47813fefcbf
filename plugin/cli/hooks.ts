import * as nodeModule from "node:module";
import type { LoadSettings } from "./load-settings.ts";
import { loadCompiled } from "./load.ts";
import { isNotFound, ownRuntime, sourceSpecifiers } from "./resolve.ts";

/** True where hooks run in the program's own thread and see `import` and `require` alike (Node 22.15 and 23.5). */
export const hasThreadHooks = typeof nodeModule.registerHooks === "function";

/** From here on, every module of the program is compiled as it loads, and stack traces show source lines. */
export function installHooks(settings: LoadSettings): void {
  showSourceLines();
  if (Number.parseInt(process.versions.node, 10) < 24) loadRuntime();
  nodeModule.registerHooks({
    load: (url, context, next) => loadCompiled(url, context, settings) ?? next(url, context),
    resolve,
  });
}

/**
 * On Node 22, CommonJS that an ES module imports can't require an ES module that is not there yet
 * (ERR_VM_MODULE_LINK_FAILURE). So what compiled code requires is loaded before the program.
 */
function loadRuntime(): void {
  const require = nodeModule.createRequire(import.meta.url);
  require("greenlets/internal");
  require("greenlets/builtins");
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
