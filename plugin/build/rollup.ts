/**
 * The compile step in Rollup 4.
 *
 *   // rollup.config.js; a plugin that strips types comes after it
 *   plugins: [greenlets()]
 */
import type { UnpluginInstance } from "unplugin";
import { unplugin, type BuildOptions } from "./unplugin.ts";

export type { BuildOptions };

/** @throws OptionsError for an unknown option */
const greenlets: UnpluginInstance<BuildOptions | undefined, false>["rollup"] = unplugin.rollup;
export default greenlets;
