import * as nodeModule from "node:module";
import { loadCompiled } from "./load.ts";
import { alternatives, isNotFound } from "./resolve.ts";

/** True where hooks run in the program's own thread and see `import` and `require` alike (Node 22.15 and 23.5). */
export const hasThreadHooks = typeof nodeModule.registerHooks === "function";

/** From here on, every module of the program is compiled as it loads, and stack traces show source lines. */
export function installHooks(stress: boolean): void {
  showSourceLines();
  nodeModule.registerHooks({
    load: (url, context, next) => loadCompiled(url, context, stress) ?? next(url, context),
    resolve(specifier, context, next) {
      try {
        return next(specifier, context);
      } catch (error) {
        if (!isNotFound(error)) throw error;
        for (const { specifier: other, parentURL } of alternatives(specifier, context.parentURL)) {
          try {
            return next(other, { ...context, parentURL });
          } catch (again) {
            if (!isNotFound(again)) throw again;
          }
        }
        throw error;
      }
    },
  });
}

/** Stack traces through our maps, not through those of dependencies. */
export function showSourceLines(): void {
  if (nodeModule.setSourceMapsSupport) nodeModule.setSourceMapsSupport(true, { nodeModules: false, generatedCode: false });
  else process.setSourceMapsEnabled(true);
}
