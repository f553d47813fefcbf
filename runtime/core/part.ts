import { core } from "./core.ts";

/**
 * Adds a part to `$`; the first copy of a part in the realm counts. Each property is defined, not assigned: an object to
 * which many were assigned becomes a hash table, and then every `$.save` of compiled code would be looked up in it.
 */
export function addPart(part: object): void {
  const [first = ""] = Object.keys(part);
  if (!(first in core.$)) Object.defineProperties(core.$, Object.getOwnPropertyDescriptors(part));
}
