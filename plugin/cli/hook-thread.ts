/**
 * The same hooks for Node 20, where they run in a thread of their own: `node --import hook-thread.js FILE`.
 *
 * This file is loaded twice: by `--import`, where it registers itself, and by Node's hook thread, which calls its exports.
 */
import { register, type LoadHook, type ResolveHook } from "node:module";
import { isMainThread } from "node:worker_threads";
import { showSourceLines } from "./hooks.ts";
import { loadCompiled } from "./load.ts";
import { isNotFound, ownRuntime, sourceSpecifiers } from "./resolve.ts";

const stress = process.env["GREENLETS_RUN_STRESS"] === "1";

if (isMainThread) {
  showSourceLines();
  register(import.meta.url);
}

export const load: LoadHook = (url, context, next) => loadCompiled(url, context, stress) ?? next(url, context);

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
