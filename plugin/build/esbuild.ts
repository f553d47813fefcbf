/**
 * The compile step in esbuild.
 *
 *   // build.js
 *   await build({ …, plugins: [greenlets()] })
 */
import type { UnpluginInstance } from "unplugin";
import { unplugin, type BuildOptions } from "./unplugin.ts";

export type { BuildOptions };

/** @throws OptionsError for an unknown option */
const greenlets: UnpluginInstance<BuildOptions | undefined, false>["esbuild"] = unplugin.esbuild;
export default greenlets;
