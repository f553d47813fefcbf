/** Which files of a copy of test262 are run: the whole of `language`, and the built-ins that take callbacks. */
import { existsSync, globSync } from "node:fs";
import { join, matchesGlob } from "node:path";

const iteration =
  "{map,forEach,filter,reduce,reduceRight,some,every,find,findIndex,findLast,findLastIndex,sort,toSorted}";

/** Folders below `test/`, as globs. Every one holds functions that call back into the program. */
export const areas: readonly string[] = [
  "language",
  `built-ins/Array/prototype/${iteration}`,
  "built-ins/Array/prototype/flatMap",
  "built-ins/Array/{from,fromAsync}",
  `built-ins/TypedArray/prototype/${iteration}`,
  "built-ins/TypedArray/from",
  "built-ins/{Map,Set}/prototype/forEach",
  "built-ins/Map/groupBy",
  "built-ins/{Map,Set,WeakMap,WeakSet}",
  "built-ins/Object/{groupBy,fromEntries}",
  "built-ins/Iterator",
  "built-ins/String/prototype/{replace,replaceAll}",
  "built-ins/RegExp/prototype/Symbol.replace",
  "built-ins/JSON/{parse,stringify}",
  "built-ins/Function/prototype/{call,apply,bind}",
  "built-ins/Reflect/{apply,construct}",
  "built-ins/Promise",
  "built-ins/Proxy",
  "built-ins/{GeneratorPrototype,AsyncGeneratorPrototype,AsyncFromSyncIteratorPrototype}",
  "built-ins/{DisposableStack,AsyncDisposableStack}",
];

export interface Selection {
  readonly directory: string;
  readonly filter?: string | undefined;
  readonly sample?: number | undefined;
}

/** Paths relative to `<directory>/test`, sorted. A sample takes every n-th path, so it covers every folder. */
export function selectTests({ directory, filter, sample }: Selection): string[] {
  const root = join(directory, "test");
  if (!existsSync(join(directory, "harness", "assert.js"))) {
    throw new Error(`${directory} is not a copy of test262: harness/assert.js is missing`);
  }
  const found = globSync(
    areas.map((area) => `${area}/**/*.js`),
    { cwd: root },
  );
  const paths = [...new Set(found)]
    .filter((path) => !path.includes("_FIXTURE") && (filter === undefined || matchesGlob(path, filter)))
    .sort();
  if (sample === undefined || sample >= paths.length) return paths;
  return Array.from({ length: sample }, (_, index) => paths[Math.floor((index * paths.length) / sample)] as string);
}
