const iterator = (globalThis as { Iterator?: { prototype: unknown } }).Iterator?.prototype as
  | Record<string, unknown>
  | undefined;

/**
 * The built-in functions whose names no other built-in function has that calls back: a method of such a name is one of
 * them if it is the one here. Names that this host doesn't have are undefined.
 */
export const natives = {
  replace: String.prototype.replace,
  replaceAll: String.prototype.replaceAll,
  split: String.prototype.split,
  match: String.prototype.match,
  matchAll: String.prototype.matchAll,
  search: String.prototype.search,
  stringify: JSON.stringify,
  fromEntries: Object.fromEntries,
  take: iterator?.take,
  drop: iterator?.drop,
  toArray: iterator?.toArray,
};
