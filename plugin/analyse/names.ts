/**
 * names — the nodes of the value-flow graph, as small integers.
 *
 * A *location* is anything that can hold a function: a variable, a parameter, a property, the value of an expression.
 * It has five graph nodes, and an edge a → b means "if a is true, so is b":
 *
 *   call(l)   calling the value here may switch
 *   out(l)    a function got out of the value here (an element read, a result returned) may switch when called
 *   into(l)   a function that may switch was put into the value here (an element written, an argument passed)
 *   deep(l)   one was put into something that is inside the value here (an argument passed to an element)
 *   give(l)   the function here may hand one to what it is given (put it into an argument, call an argument with it)
 *
 * Keys are made of names, not offsets, wherever another file can refer to them: editing a file keeps the others' integers.
 */
export type Location = number;
export type GraphNode = number;

export const call = (location: Location): GraphNode => location;
export const out = (location: Location): GraphNode => location + 1;
export const into = (location: Location): GraphNode => location + 2;
export const deep = (location: Location): GraphNode => location + 3;
export const give = (location: Location): GraphNode => location + 4;
export const nowhere: Location = 0;

export class Names {
  readonly #ids = new Map<string, Location>();
  #next = 5;

  /** The location with this key: the same number every time. */
  location(key: string): Location {
    const known = this.#ids.get(key);
    if (known !== undefined) return known;
    const made = this.fresh();
    this.#ids.set(key, made);
    return made;
  }

  /** A location that nothing else can ask for. */
  fresh(): Location {
    const made = this.#next;
    this.#next += 5;
    return made;
  }

  /** How many graph nodes there are so far. */
  get size(): number {
    return this.#next;
  }
}
