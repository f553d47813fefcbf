// The built-in functions that call back, in versions that can be suspended, and their place in the ABI.

import { filterEntry } from "./array/filter.ts";
import { findEntry, findIndexEntry } from "./array/find.ts";
import { forEachEntry } from "./array/for-each.ts";
import { mapEntry } from "./array/map.ts";
import { reduceEntry, reduceFirstEntry } from "./array/reduce.ts";
import { everyEntry, someEntry } from "./array/some.ts";
import { sortEntry } from "./array/sort.ts";
import { constructFor } from "../core/construct.ts";
import { constructResumable } from "./construct.ts";
import { invoke } from "./invoke.ts";
import { register, registerConstructor, resumable } from "./registry.ts";
import { CONSTRUCTORS, VERSIONS } from "./table.ts";
import { natives } from "./unique.ts";

for (const [owner, methods] of VERSIONS) register(owner, methods);
for (const [constructor, version] of CONSTRUCTORS) registerConstructor(constructor, version);

/** What compiled code calls, by the names it uses. */
export const versions = {
  map: mapEntry,
  forEach: forEachEntry,
  filter: filterEntry,
  some: someEntry,
  every: everyEntry,
  find: findEntry,
  findIndex: findIndexEntry,
  reduce: reduceEntry,
  reduceFirst: reduceFirstEntry,
  sort: sortEntry,
  invoke,
  resumable,
  construct: constructResumable,
  constructFor,
  natives,
};

export type Versions = typeof versions;
