import type { Frame } from "./frame.ts";
import type { AnyGreenlet } from "./greenlet.ts";

// V8 makes a store of a young object into an old one expensive: the old one must be remembered for the next collection.
// Greenlets, frames and values are mostly young, so what every switch writes is kept in an object that is young as well:
// it is replaced before it can grow old.

/** What a switch writes. */
export class Turn {
  /** The greenlet whose code is running now. */
  declare current: AnyGreenlet;
  /** Where the switch in progress goes. */
  declare target: AnyGreenlet | null;
  /** What the switch in progress delivers: a value, or an error when `state.throwing`. */
  declare value: unknown;
  /** Innermost frame saved by the unwinding in progress. */
  declare head: Frame | null;
  /** Outermost frame saved so far by the unwinding in progress; null while that is `head`. */
  declare tail: Frame | null;

  /** Stress and development builds: the next function entered was called by compiled code (a function: if it is compiled). */
  declare calling: boolean | Function;

  constructor(current: AnyGreenlet, value: unknown) {
    this.current = current;
    this.target = null;
    this.value = value;
    this.head = null;
    this.tail = null;
    this.calling = false;
  }
}

/** The present one; only the trampoline replaces it, and only between two transfers. */
export let turn: Turn = new Turn(null as unknown as AnyGreenlet, undefined);

const LENGTH = 1000;

/** How many transfers are left to `turn`. A typed array outside the heap: a plain number to read and write. */
export const left: Int32Array = new Int32Array(new ArrayBuffer(4));

/** A fresh turn, in the same state. */
export function nextTurn(): void {
  left[0] = LENGTH;
  turn = new Turn(turn.current, turn.value);
}
