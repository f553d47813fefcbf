/**
 * The compile step in webpack 5.
 *
 *   // webpack.config.js; ts-loader with transpileOnly
 *   plugins: [greenlets()]
 */
import type { UnpluginInstance } from "unplugin";
import { unplugin, type BuildOptions } from "./unplugin.ts";

export type { BuildOptions };

/** @throws OptionsError for an unknown option */
const greenlets: UnpluginInstance<BuildOptions | undefined, false>["webpack"] = unplugin.webpack;
export default greenlets;
