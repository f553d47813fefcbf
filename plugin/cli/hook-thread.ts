/**
 * The same hooks for Node 20, where they run in a thread of their own: `node --import hook-thread.js FILE`.
 *
 * This file is loaded twice: by `--import`, where it registers itself, and by Node's hook thread, which calls its exports.
 */
import { register, type LoadHook, type ResolveHook } from "node:module";
import { fileURLToPath } from "node:url";
import { isMainThread } from "node:worker_threads";
import { showSourceLines } from "./hooks.ts";
import { settingsFor } from "./load-settings.ts";
import { loadCompiled } from "./load.ts";
import { isNotFound, ownRuntime, sourceSpecifiers } from "./resolve.ts";

const settings = settingsFor(process.argv[1], process.env["GREENLETS_RUN_STRESS"] === "1");

if (isMainThread) {
  showSourceLines();
  register(import.meta.url);
}

export const load: LoadHook = (url, context, next) => {
  const loaded = loadCompiled(url, context, settings);
  // Here Node can't `require` the runtime, an ES module, from CommonJS that a hook has handed out.
  if (loaded?.format === "commonjs" && loaded.source.includes("greenlets/internal")) throw commonJsRefused(url);
  return loaded ?? next(url, context);
};

function commonJsRefused(url: string): Error {
  const error =
    new Error(`${fileURLToPath(url)} is CommonJS, and on Node ${process.versions.node} only ES modules can be compiled as they load.
Run it on Node 22.15 or later, or write the compiled files with \`greenlets compile\`.`);
  error.stack = error.message;
  return error;
}

export const resolve: ResolveHook = async (specifier, context, next) => {
  for (const candidate of [specifier, ...sourceSpecifiers(specifier)]) {
    try {
      return await next(candidate, context);
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
  }
  return ownRuntime(specifier) ?? next(specifier, context);
};
