/**
 * frame — which slot of the frame holds which local, and the calls that save and restore it.
 *
 *   In     the live names of each point
 *   Out    a slot for each name, the same at every point; up to three slots are fields a, b, c of the frame, more are an array in a
 */
import type { Expression } from "@babel/types";
import * as b from "./build.ts";
import { ARGUMENTS, NEW_TARGET, THIS } from "../liveness.ts";
import type { Point } from "../steps.ts";

const FIELDS = ["a", "b", "c"] as const;

export class FrameLayout {
  readonly slots = new Map<string, number>();
  readonly size: number;

  constructor(points: Point[]) {
    const together = conflicts(points);
    for (const name of together.keys()) this.slots.set(name, firstFree(name, together, this.slots));
    this.size = Math.max(0, ...[...this.slots.values()].map((slot) => slot + 1));
  }

  get isArray(): boolean {
    return this.size > FIELDS.length;
  }

  /** `frame.a`, or `slots[0]` where there are many. */
  read(name: string, frame: string, array: string): Expression | null {
    const slot = this.slots.get(name);
    if (slot === undefined) return null;
    return this.isArray ? b.index(b.id(array), b.number(slot)) : b.member(b.id(frame), FIELDS[slot] as string);
  }

  /**
   * The arguments that save a point's live locals, after `save`'s own. An array ends at the last of them: one with all slots would be read
   * without a look at its prototype, but it costs bytecode in the fast body (`filter` was no longer inlined: 1.3 → 1.8 × the host's).
   */
  saved(point: Point): Expression[] {
    const values: Expression[] = [];
    for (const name of point.live) values[this.slots.get(name) as number] = valueOf(name);
    const args = Array.from(values, (value) => value ?? b.nothing());
    if (this.isArray) return [b.array(args)];
    return args;
  }
}

function valueOf(name: string): Expression {
  if (name === THIS) return b.thisExpression();
  if (name === NEW_TARGET) return b.newTarget();
  return b.id(name === ARGUMENTS ? "arguments" : name);
}

/** Names that are live at the same point, in order of appearance. */
function conflicts(points: Point[]): Map<string, Set<string>> {
  const together = new Map<string, Set<string>>();
  for (const point of points) {
    for (const name of point.live) {
      const others = together.get(name) ?? new Set();
      for (const other of point.live) others.add(other);
      together.set(name, others);
    }
  }
  return together;
}

function firstFree(name: string, together: Map<string, Set<string>>, slots: Map<string, number>): number {
  const taken = new Set([...(together.get(name) ?? [])].map((other) => slots.get(other)));
  let slot = 0;
  while (taken.has(slot)) slot++;
  return slot;
}
