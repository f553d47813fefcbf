import { swallowed } from "./foreign.ts";
import { Frame, type Resume } from "./frame.ts";
import { isObject } from "./object.ts";
import { flag, KEPT, state } from "./state.ts";
import { S } from "./suspended.ts";
import { leaving } from "./super.ts";
import { isUnstarted } from "./unstarted.ts";

// What compiled code calls while unwinding. `result` is the value of the call that was left with the flag up: anything but S
// means that a foreign frame swallowed the switch. Locals that are not given are undefined: with fewer arguments than
// parameters a call costs the same, and the calls that V8 inlines cost nothing.

/** … → frame appended behind the inner ones, S. */
function append(result: unknown, frame: Frame): object {
  if (result !== S && !isUnstarted(result)) throw swallowed();
  const { turn } = state;
  if (turn.head === null) turn.head = frame;
  else {
    (turn.tail ?? turn.head).next = frame;
    turn.tail = frame;
  }
  return S;
}

/**
 * Makes the activation's frame.
 * @param resume null if `resumeBy` gives it, in the same activation
 * @param a the first live local; all of them as an array if there are more than three
 */
export function save(
  result: unknown,
  resume: Resume | null,
  label: number,
  a?: unknown,
  b?: unknown,
  c?: unknown,
): object {
  return append(result, new Frame(resume as Resume, label, a, b, c));
}

/**
 * Fills the frame that was resumed with its new label and locals; those that are not given are cleared, so that nothing dead
 * stays alive. It is the outermost of this unwinding and still in its place below the trampoline, so only frames inside of
 * it, if there are any, have to be linked: most often nothing is written but a number.
 */
export function resave(result: unknown, frame: Frame, label: number, a?: unknown, b?: unknown, c?: unknown): object {
  if (result !== S && !isUnstarted(result)) throw swallowed();
  frame.label = label;
  frame.a = a;
  frame.b = b;
  frame.c = c;
  const { head, tail } = state.turn;
  if (head !== null) (tail ?? head).next = frame;
  flag[0] = KEPT;
  return S;
}

/** Gives the frame just saved its resume body: an arrow, made on the cold path because it needs the function's scope. */
export function resumeBy(resume: Resume): object {
  const { head, tail } = state.turn;
  (tail ?? head!).resume = resume;
  return S;
}

/** `new` turns a primitive result into the object under construction; so must a constructor that was suspended. */
function constructed(frame: Frame, value: unknown): unknown {
  return isObject(value) ? value : frame.a;
}

/**
 * Ends the unwinding of a function that may be called with `new`.
 * @param newTarget `new.target` of the activation
 * @param self `this` of the activation
 * @param suspended what its `save` returned
 * @param own the function itself
 */
export function constructing(newTarget: object | undefined, self: unknown, suspended: unknown, own?: object): unknown {
  if (newTarget === undefined) return suspended;
  return leaving(newTarget, append(suspended, new Frame(constructed, 1, self, undefined, undefined)), own);
}
