import type { Frame } from "./frame.ts";
import type { AnyGreenlet } from "./greenlet.ts";

// V8 makes a store of a young object into an old one expensive: the old one must be remembered for the next collection.
// Greenlets, frames and values are mostly young, so what every switch writes is kept in an object that is young as well:
// it is replaced before it can grow old. It hangs on `state`, not on a binding of its own that the module exports: V8 keeps
// exported bindings in cells, reads them anew each time and checks what it has read.

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
