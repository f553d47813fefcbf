/**
 * The Babel plugin, for Babel 7.22 and later and for Babel 8.
 *
 *   { "plugins": ["greenlets-plugin/babel"] }
 */
import type { PluginAPI, PluginObject } from "@babel/core";
import type { Options } from "./options.ts";
import { crawl, plugin } from "./visitor.ts";

export type { Options };

export default function greenlets(api: PluginAPI, options: Options): PluginObject {
  return plugin(api, options, crawl);
}

export { greenlets as "module.exports" };
