/**
 * The compile step in Bun's bundler.
 *
 *   // build.ts
 *   await Bun.build({ …, plugins: [greenlets()] })
 */
import type { UnpluginInstance } from "unplugin";
import { unplugin, type BuildOptions } from "./unplugin.ts";

export type { BuildOptions };

/** @throws OptionsError for an unknown option */
const greenlets: UnpluginInstance<BuildOptions | undefined, false>["bun"] = unplugin.bun;
export default greenlets;
