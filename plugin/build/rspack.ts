/**
 * The compile step in Rspack 2.
 *
 *   // rspack.config.js
 *   plugins: [greenlets()]
 */
import type { UnpluginInstance } from "unplugin";
import { unplugin, type BuildOptions } from "./unplugin.ts";

export type { BuildOptions };

/** @throws OptionsError for an unknown option */
const greenlets: UnpluginInstance<BuildOptions | undefined, false>["rspack"] = unplugin.rspack;
export default greenlets;
