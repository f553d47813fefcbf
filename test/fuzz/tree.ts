/** Programs as data: what fast-check makes and the reducer cuts down. A printer turns any tree at all into a program. */

export type Sort = "expression" | "statement" | "block" | "pattern" | "func" | "property" | "member";

export interface Node {
  readonly kind: string;
  /** Every free choice of the printer (a name, an operator, a form) is taken from this number. */
  readonly pick: number;
  readonly kids: readonly Node[];
}

/** One production: its kids, the last of which may come up to `repeat` times, and its text. */
export interface Construct {
  readonly sort: Sort;
  readonly kids: readonly Sort[];
  readonly repeat?: number;
  readonly weight?: number;
  readonly print: (part: Part) => string;
}

export type Constructs = Readonly<Record<string, Construct>>;

/** What a construct sees of its node. */
export interface Part {
  readonly node: Node;
  readonly scope: Scope;
  /** One of the options; `digit` tells apart the choices of one node. */
  readonly choose: <Option>(options: readonly Option[], digit?: number) => Option;
  /** The text of a kid, in this scope unless told otherwise. */
  readonly kid: (index: number, scope?: Scope) => string;
  /** The texts of the kids from `index` on. */
  readonly rest: (index: number, scope?: Scope) => string[];
}

import type { Scope } from "./scope.ts";
