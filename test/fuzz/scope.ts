/** What may be written at a place in a program: the names in reach, the jumps that have a target, `yield`, `super` and so on. */

export type Kind =
  | "any"
  | "constant"
  | "object"
  | "function"
  | "class"
  | "generator"
  | "iterator"
  | "async"
  | "asyncGenerator";

export interface Variable {
  readonly name: string;
  readonly kind: Kind;
  /** Whether its declaration has been printed: otherwise a use of it may be in the temporal dead zone. */
  ready: boolean;
}

/** What the innermost function allows. */
export interface Allowed {
  readonly generator: boolean;
  readonly async: boolean;
  readonly this: boolean;
  readonly arguments: boolean;
  readonly newTarget: boolean;
  readonly superProperty: boolean;
  readonly privateName: boolean;
  readonly return: boolean;
}

export interface Jumps {
  readonly labels: readonly string[];
  readonly loopLabels: readonly string[];
  readonly break: boolean;
  readonly continue: boolean;
}

const noJumps: Jumps = { labels: [], loopLabels: [], break: false, continue: false };

export class Scope {
  readonly allowed: Allowed;
  readonly jumps: Jumps;
  readonly #outer: Scope | null;
  readonly #own: Variable[] = [];
  readonly #numbers: { next: number };

  constructor(allowed: Allowed, jumps: Jumps = noJumps, outer: Scope | null = null, numbers = { next: 1 }) {
    this.allowed = allowed;
    this.jumps = jumps;
    this.#outer = outer;
    this.#numbers = outer === null ? numbers : outer.#numbers;
  }

  block(jumps: Partial<Jumps> = {}): Scope {
    return new Scope(this.allowed, { ...this.jumps, ...jumps }, this);
  }

  /** Inside another function: jumps end at its border. */
  within(allowed: Partial<Allowed>): Scope {
    return new Scope({ ...this.allowed, ...allowed }, noJumps, this);
  }

  fresh(prefix: string): string {
    return `${prefix}${this.#numbers.next++}`;
  }

  declare(name: string, kind: Kind = "any", ready = true): Variable {
    const known = this.#own.find((variable) => variable.name === name);
    if (known !== undefined) {
      known.ready = ready;
      return known;
    }
    const variable: Variable = { name, kind, ready };
    this.#own.push(variable);
    return variable;
  }

  /** A name in reach; `fallback` when there is none of that kind. One use in 23 may be too early. */
  reference(pick: number, fallback: string, kind?: Kind): string {
    const reach = this.#reach().filter(
      (variable) => (kind === undefined || variable.kind === kind) && (variable.ready || pick % 23 === 0),
    );
    return reach.length === 0 ? fallback : (reach[pick % reach.length] as Variable).name;
  }

  /** What this scope itself declares. */
  get own(): readonly Variable[] {
    return this.#own;
  }

  #reach(): Variable[] {
    return this.#outer === null ? this.#own : [...this.#own, ...this.#outer.#reach()];
  }
}
