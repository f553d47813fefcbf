/**
 * A config loader with includes, written once: plain functions, no async, no generators. Sync callers, async callers and
 * greenlets use the same `loadConfig`. With gensync or quansync each of these functions would be a generator.
 *
 *     loadConfigSync(path)          loadConfigAsync(path)          loadConfig(path), in a greenlet
 */
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { dual, run, runSync } from "greenlets/green";

/** Settings by name; `include` names files whose settings come first. */
export type Config = Record<string, unknown>;

/** The one place that knows both worlds. */
const readText = dual({
  sync: (path: string): string => readFileSync(path, "utf8"),
  async: (path: string): Promise<string> => readFile(path, "utf8"),
});

/** @throws an error that names the files on the way, when one includes itself or can't be read */
export function loadConfig(path: string, including: readonly string[] = []): Config {
  const file = resolve(path);
  const way = [...including, file];
  if (including.includes(file)) throw new Error(`A config includes itself: ${way.join(" → ")}`);
  const { include = [], ...own } = parse(file);
  const config: Config = {};
  for (const name of [include].flat()) Object.assign(config, loadConfig(resolve(dirname(file), String(name)), way));
  return Object.assign(config, own);
}

function parse(file: string): Config {
  try {
    return JSON.parse(readText(file)) as Config;
  } catch (error) {
    throw new Error(`Can't read the config ${file}`, { cause: error });
  }
}

export function loadConfigSync(path: string): Config {
  return runSync(() => loadConfig(path));
}

export function loadConfigAsync(path: string): Promise<Config> {
  return run(loadConfig, path);
}
