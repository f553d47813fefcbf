/**
 * The same hooks for Node 20, where they run in a thread of their own: `node --import hook-thread.js FILE`.
 *
 * This file is loaded twice: by `--import`, where it registers itself, and by Node's hook thread, which calls its exports.
 */
import { register, type LoadHook, type ResolveHook } from "node:module";
import { isMainThread } from "node:worker_threads";
import { showSourceLines } from "./hooks.ts";
import { loadCompiled } from "./load.ts";
import { alternatives, isNotFound } from "./resolve.ts";

/** How the command tells this file, in a process of its own, that every suspension point has to suspend. */
export const stressVariable = "GREENLETS_RUN_STRESS";
const stress = process.env[stressVariable] === "1";

if (isMainThread) {
  showSourceLines();
  register(import.meta.url);
}

export const load: LoadHook = (url, context, next) => loadCompiled(url, context, stress) ?? next(url, context);

export const resolve: ResolveHook = async (specifier, context, next) => {
  try {
    return await next(specifier, context);
  } catch (error) {
    if (!isNotFound(error)) throw error;
    return resolveAlternative(alternatives(specifier, context.parentURL), context, next, error);
  }
};

async function resolveAlternative(
  [first, ...rest]: ReturnType<typeof alternatives>,
  context: Parameters<ResolveHook>[1],
  next: Parameters<ResolveHook>[2],
  notFound: unknown,
): Promise<Awaited<ReturnType<ResolveHook>>> {
  if (first === undefined) throw notFound;
  try {
    return await next(first.specifier, { ...context, parentURL: first.parentURL });
  } catch (error) {
    if (!isNotFound(error)) throw error;
    return resolveAlternative(rest, context, next, notFound);
  }
}
