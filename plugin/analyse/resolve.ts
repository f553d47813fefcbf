/**
 * resolve — which cells a member access reaches, over the whole program.
 *
 *   In     all shapes and type keys
 *   Out    (key, name) → cells
 *   Keeps  a shape fits a key when it has every name the key requires; each pair is answered once
 */
import type { Cell, Fragment, Shape, TypeKey } from "./fragment.ts";

export type Resolver = (key: string, name: string) => readonly Cell[];

export function resolver(fragments: readonly Fragment[]): Resolver {
  const byName = indexByName(fragments);
  const keys = new Map<string, TypeKey>(fragments.flatMap((fragment) => [...fragment.keys]));
  const known = new Map<string, readonly Cell[]>();
  return (key, name) => {
    const shapes = byName.get(name);
    if (shapes === undefined) return [];
    const both = `${name}\0${key}`;
    const already = known.get(both);
    if (already !== undefined) return already;
    const found = fitting(shapes, rarestFirst(keys.get(key)?.required ?? [], byName), name);
    known.set(both, found);
    return found;
  };
}

function indexByName(fragments: readonly Fragment[]): Map<string, Shape[]> {
  const byName = new Map<string, Shape[]>();
  for (const { shapes } of fragments) {
    for (const shape of shapes) {
      for (const name of shape.cells.keys()) {
        const there = byName.get(name);
        if (there === undefined) byName.set(name, [shape]);
        else there.push(shape);
      }
    }
  }
  return byName;
}

/** A name few shapes have decides soonest that a shape does not fit. */
function rarestFirst(required: readonly string[], byName: ReadonlyMap<string, readonly Shape[]>): readonly string[] {
  return required.toSorted((a, b) => (byName.get(a)?.length ?? 0) - (byName.get(b)?.length ?? 0));
}

/** Inherited members are in many shapes but are one cell: each is given once. */
function fitting(shapes: readonly Shape[], required: readonly string[], name: string): readonly Cell[] {
  const found = new Map<string, Cell>();
  for (const shape of shapes) {
    if (!required.every((one) => shape.names.has(one))) continue;
    for (const cell of shape.cells.get(name) ?? [])
      found.set(`${cell.location} ${cell.method} ${cell.root ?? ""}`, cell);
  }
  return [...found.values()];
}
