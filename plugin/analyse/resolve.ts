/**
 * resolve — which cells a member access reaches, over the whole program.
 *
 *   In     all shapes and type keys
 *   Out    (key, name) → cells
 *   Keeps  a shape fits a key when it has every name the key requires; each pair is answered once, and is asked again only when a shape
 *          with a member of that name has come, gone or changed
 */
import type { Cell, Fragment, Shape } from "./fragment.ts";

type ByName = ReadonlyMap<string, readonly Shape[]>;

/** The shapes of the program, kept from one link to the next. */
export class Members {
  #fragments: readonly Fragment[] = [];
  /** Per fragment: its shapes by the names of their members. */
  readonly #indexes = new WeakMap<Fragment, ByName>();
  /** Member name → all shapes with it, in the order of the files. */
  readonly #shapes = new Map<string, readonly Shape[]>();
  /** Member name → key → cells. */
  readonly #known = new Map<string, Map<string, readonly Cell[]>>();
  readonly #required = new Map<string, readonly string[]>();
  /** The same, rarest name first: it decides soonest that a shape does not fit. */
  readonly #rarestFirst = new Map<string, readonly string[]>();

  /**
   * Takes the fragments of the program as it now is.
   *
   * @returns the member names that may be resolved differently from before
   */
  take(fragments: readonly Fragment[]): ReadonlySet<string> {
    const [before, now] = [new Set(this.#fragments), new Set(fragments)];
    const gone = this.#fragments.filter((fragment) => !now.has(fragment));
    const come = fragments.filter((fragment) => !before.has(fragment));
    this.#fragments = fragments;
    const changed = this.#changedNames(...withoutCommon(gone, come));
    for (const name of changed) {
      this.#shapes.delete(name);
      this.#known.delete(name);
    }
    this.#takeKeys(come);
    return changed;
  }

  resolve(key: string, name: string): readonly Cell[] {
    const answers = this.#known.get(name) ?? new Map<string, readonly Cell[]>();
    if (answers.size === 0) this.#known.set(name, answers);
    const known = answers.get(key);
    if (known !== undefined) return known;
    const found = fitting(this.#shapesWith(name), this.#requiredBy(key), name);
    answers.set(key, found);
    return found;
  }

  #shapesWith(name: string): readonly Shape[] {
    const known = this.#shapes.get(name);
    if (known !== undefined) return known;
    const found = this.#fragments.flatMap((fragment) => this.#indexOf(fragment).get(name) ?? []);
    this.#shapes.set(name, found);
    return found;
  }

  #indexOf(fragment: Fragment): ByName {
    const known = this.#indexes.get(fragment);
    if (known !== undefined) return known;
    const made = indexByName(fragment.shapes);
    this.#indexes.set(fragment, made);
    return made;
  }

  /** The names whose shapes are not the same as before, file by file. */
  #changedNames(gone: readonly Fragment[], come: readonly Fragment[]): Set<string> {
    const before = this.#texts(gone);
    const now = this.#texts(come);
    return new Set([...before.keys(), ...now.keys()].filter((name) => before.get(name) !== now.get(name)));
  }

  #texts(fragments: readonly Fragment[]): Map<string, string> {
    const texts = new Map<string, string>();
    for (const fragment of fragments)
      for (const [name, shapes] of this.#indexOf(fragment))
        texts.set(name, `${texts.get(name) ?? ""}${fragment.path}\n${shapes.map(textOfShape).join("\n")}\n`);
    return texts;
  }

  /** A key that a changed file read anew may require other names than before: what was known of it is forgotten. */
  #takeKeys(come: readonly Fragment[]): void {
    for (const { keys } of come) {
      for (const { id, required } of keys.values()) {
        const known = this.#required.get(id);
        if (known?.length === required.length && required.every((name) => known.includes(name))) continue;
        this.#required.set(id, required);
        this.#rarestFirst.delete(id);
        if (known !== undefined) for (const answers of this.#known.values()) answers.delete(id);
      }
    }
  }

  #requiredBy(key: string): readonly string[] {
    const known = this.#rarestFirst.get(key);
    if (known !== undefined) return known;
    const count = (name: string): number => this.#shapesWith(name).length;
    const sorted = (this.#required.get(key) ?? []).toSorted((a, b) => count(a) - count(b));
    this.#rarestFirst.set(key, sorted);
    return sorted;
  }
}

/** Fragments with the very shapes of their predecessors (accessors woke up in them) change nothing here. */
function withoutCommon(
  gone: readonly Fragment[],
  come: readonly Fragment[],
): [readonly Fragment[], readonly Fragment[]] {
  const [before, now] = [gone, come].map((list) => new Set(list.map(({ shapes }) => shapes)));
  return [gone.filter(({ shapes }) => !now!.has(shapes)), come.filter(({ shapes }) => !before!.has(shapes))];
}

function indexByName(shapes: readonly Shape[]): Map<string, Shape[]> {
  const byName = new Map<string, Shape[]>();
  for (const shape of shapes) {
    for (const name of shape.cells.keys()) {
      const there = byName.get(name);
      if (there === undefined) byName.set(name, [shape]);
      else there.push(shape);
    }
  }
  return byName;
}

const texts = new WeakMap<Shape, string>();

/** Everything about a shape that an answer can depend on. */
function textOfShape(shape: Shape): string {
  const known = texts.get(shape);
  if (known !== undefined) return known;
  const text = JSON.stringify([[...shape.names], [...shape.cells]]);
  texts.set(shape, text);
  return text;
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
