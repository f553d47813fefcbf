// What compiled code calls where a call has the name of a built-in function that calls back. The functions come with
// `greenlets/builtins`, which such modules import; their places in `$` are made here, because an object that gets many
// properties after it was made becomes a hash table, and then every `$.save1` of compiled code would be looked up in it.

type Helper = (...values: never[]) => unknown;

function absent(): never {
  throw new TypeError('A compiled module calls a built-in function without importing "greenlets/builtins".');
}

/** The helpers by the names that compiled code uses. */
export interface Versions {
  map: Helper;
  forEach: Helper;
  filter: Helper;
  some: Helper;
  every: Helper;
  find: Helper;
  findIndex: Helper;
  reduce: Helper;
  reduceFirst: Helper;
  sort: Helper;
  invoke: Helper;
  resumable: Helper;
  construct: Helper;
}

/** Stand-ins until they are loaded. */
export const places: Versions = {
  map: absent,
  forEach: absent,
  filter: absent,
  some: absent,
  every: absent,
  find: absent,
  findIndex: absent,
  reduce: absent,
  reduceFirst: absent,
  sort: absent,
  invoke: absent,
  resumable: absent,
  construct: absent,
};
