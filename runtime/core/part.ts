import { core } from "./core.ts";

/**
 * Adds a part to `$`; the first copy of a part in the realm counts. Each property is defined, not assigned: an object to
 * which many were assigned becomes a hash table, and then every `$.save` of compiled code would be looked up in it.
 */
export function addPart(part: object): void {
  for (const [name, value] of Object.entries(part)) {
    if (name in core.$) return;
    Object.defineProperty(core.$, name, { value, writable: true, enumerable: true, configurable: true });
  }
}
