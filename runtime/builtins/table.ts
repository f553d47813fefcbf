import { filter } from "./array/filter.ts";
import { find, findIndex, findLast, findLastIndex } from "./array/find.ts";
import { flatMap } from "./array/flat-map.ts";
import { forEach } from "./array/for-each.ts";
import { fromAsync } from "./array/from-async.ts";
import { from } from "./array/from.ts";
import { map } from "./array/map.ts";
import { reduce, reduceRight } from "./array/reduce.ts";
import { every, some } from "./array/some.ts";
import { sort, toSorted } from "./array/sort.ts";
import { mapConstructor, setConstructor } from "./collection/fill.ts";
import { mapForEach, setForEach } from "./collection/for-each.ts";
import { mapGroupBy, objectGroupBy } from "./collection/group-by.ts";
import * as eager from "./iterator/eager.ts";
import * as wrapper from "./iterator/from.ts";
import * as helper from "./iterator/helper.ts";
import * as lazy from "./iterator/lazy.ts";
import { helperPrototype, iteratorClass, wrapperPrototype } from "./iterator/natives.ts";
import { parse } from "./json/parse.ts";
import { stringify } from "./json/stringify.ts";
import { TypedArray } from "./natives.ts";
import { applyMethod, bind, call, reflectApply, reflectConstruct, reflectGet, reflectSet } from "./object/function.ts";
import { promiseConstructor, promiseTry } from "./object/promise.ts";
import { assign, entries, fromEntries, values } from "./object/properties.ts";
import type { ConstructorVersion } from "./registry.ts";
import * as regexp from "./text/regexp.ts";
import { iteratorPrototype, next as nextMatch } from "./text/string-iterator.ts";
import * as string from "./text/string.ts";
import { typedArrayClasses } from "./typed/element.ts";
import * as made from "./typed/make.ts";
import * as visited from "./typed/visit.ts";

type Methods = Record<PropertyKey, Function>;

/** Each owner of built-in functions, with the versions of them that can be suspended. */
export const VERSIONS: readonly (readonly [owner: object, methods: Methods])[] = [
  [Array, { from, fromAsync }],
  [
    Array.prototype,
    {
      every,
      filter,
      find,
      findIndex,
      findLast,
      findLastIndex,
      flatMap,
      forEach,
      map,
      reduce,
      reduceRight,
      some,
      sort,
      toSorted,
    },
  ],
  [TypedArray, { from: made.from }],
  [
    TypedArray.prototype,
    {
      every: visited.every,
      filter: made.filter,
      find: visited.find,
      findIndex: visited.findIndex,
      findLast: visited.findLast,
      findLastIndex: visited.findLastIndex,
      forEach: visited.forEach,
      map: made.map,
      reduce: visited.reduce,
      reduceRight: visited.reduceRight,
      some: visited.some,
      sort: made.sort,
      toSorted: made.toSorted,
    },
  ],
  [Map, { groupBy: mapGroupBy }],
  [Map.prototype, { forEach: mapForEach }],
  [Set.prototype, { forEach: setForEach }],
  [Object, { assign, entries, fromEntries, groupBy: objectGroupBy, values }],
  [Function.prototype, { apply: applyMethod, bind, call }],
  [Reflect, { apply: reflectApply, construct: reflectConstruct, get: reflectGet, set: reflectSet }],
  [Promise, { try: promiseTry }],
  [
    String.prototype,
    {
      match: string.match,
      matchAll: string.matchAll,
      replace: string.replace,
      replaceAll: string.replaceAll,
      search: string.search,
      split: string.split,
    },
  ],
  [
    RegExp.prototype,
    {
      [Symbol.match]: regexp.match,
      [Symbol.matchAll]: regexp.matchAll,
      [Symbol.replace]: regexp.replace,
      [Symbol.search]: regexp.search,
      [Symbol.split]: regexp.split,
    },
  ],
  [iteratorPrototype, { next: nextMatch }],
  [JSON, { parse, stringify }],
  ...iteratorVersions(),
];

function iteratorVersions(): [object, Methods][] {
  if (iteratorClass === undefined) return [];
  const { drop, filter: lazyFilter, flatMap: lazyFlatMap, map: lazyMap, take } = lazy;
  return [
    [iteratorClass, { from: wrapper.from }],
    [
      iteratorClass.prototype,
      {
        drop,
        every: eager.every,
        filter: lazyFilter,
        find: eager.find,
        flatMap: lazyFlatMap,
        forEach: eager.forEach,
        map: lazyMap,
        reduce: eager.reduce,
        some: eager.some,
        take,
        toArray: eager.toArray,
      },
    ],
    [helperPrototype!, { next: helper.next, return: helper.returnMethod }],
    [wrapperPrototype!, { next: wrapper.next, return: wrapper.returnMethod }],
  ];
}

/** Classes that call back while they make an object. */
export const CONSTRUCTORS: readonly (readonly [constructor: unknown, version: ConstructorVersion])[] = [
  [Map, mapConstructor(Map)],
  [WeakMap, mapConstructor(WeakMap)],
  [Set, setConstructor(Set)],
  [WeakSet, setConstructor(WeakSet)],
  [Promise, promiseConstructor],
  ...typedArrayClasses.map((native) => [native, made.typedArrayConstructor(native)] as const),
];
