import { swallowed } from "./foreign.ts";
import { Frame, type Resume } from "./frame.ts";
import { flag, KEPT, S, state } from "./state.ts";
import { leaving } from "./super.ts";
import { isUnstarted } from "./unstarted.ts";

// What compiled code calls while unwinding, one function per number of live locals. `save` makes the activation's frame,
// `resave` fills it again, `park` makes one whose resume body follows in `resumeBy`. All check `result`, the value of the
// call that was left with the flag up: anything but S means that a foreign frame swallowed the switch.

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

export function save0(result: unknown, resume: Resume, label: number): object {
  return append(result, new Frame(resume, label, undefined, undefined, undefined));
}

export function save1(result: unknown, resume: Resume, label: number, a: unknown): object {
  return append(result, new Frame(resume, label, a, undefined, undefined));
}

export function save2(result: unknown, resume: Resume, label: number, a: unknown, b: unknown): object {
  return append(result, new Frame(resume, label, a, b, undefined));
}

export function save3(result: unknown, resume: Resume, label: number, a: unknown, b: unknown, c: unknown): object {
  return append(result, new Frame(resume, label, a, b, c));
}

export function save(result: unknown, resume: Resume, label: number, slots: unknown[]): object {
  return append(result, new Frame(resume, label, slots, undefined, undefined));
}

/**
 * The frame that was resumed, with its new label and locals; slots that are not given are cleared, so that nothing dead
 * stays alive. It is the outermost of this unwinding and still in its place below the trampoline, so only frames inside of
 * it, if there are any, have to be linked: most often nothing is written but a number.
 */
function keep(result: unknown, frame: Frame, label: number, a: unknown, b: unknown, c: unknown): object {
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

export function resave0(result: unknown, frame: Frame, label: number): object {
  return keep(result, frame, label, undefined, undefined, undefined);
}

export function resave1(result: unknown, frame: Frame, label: number, a: unknown): object {
  return keep(result, frame, label, a, undefined, undefined);
}

export function resave2(result: unknown, frame: Frame, label: number, a: unknown, b: unknown): object {
  return keep(result, frame, label, a, b, undefined);
}

export function resave3(result: unknown, frame: Frame, label: number, a: unknown, b: unknown, c: unknown): object {
  return keep(result, frame, label, a, b, c);
}

export function resave(result: unknown, frame: Frame, label: number, slots: unknown[]): object {
  return keep(result, frame, label, slots, undefined, undefined);
}

/** Stands in a parked frame until `resumeBy` replaces it, in the same statement of compiled code. */
function unnamed(): never {
  throw new Error("This frame was parked without a resume body.");
}

export function park0(result: unknown, label: number): object {
  return save0(result, unnamed, label);
}

export function park1(result: unknown, label: number, a: unknown): object {
  return save1(result, unnamed, label, a);
}

export function park2(result: unknown, label: number, a: unknown, b: unknown): object {
  return save2(result, unnamed, label, a, b);
}

export function park3(result: unknown, label: number, a: unknown, b: unknown, c: unknown): object {
  return save3(result, unnamed, label, a, b, c);
}

export function park(result: unknown, label: number, slots: unknown[]): object {
  return save(result, unnamed, label, slots);
}

/** Gives the frame just parked its resume body: an arrow, made on the cold path because it needs the function's scope. */
export function resumeBy(resume: Resume): object {
  const { head, tail } = state.turn;
  (tail ?? head!).resume = resume;
  return S;
}

/** `new` turns a primitive result into the object under construction; so must a constructor that was suspended. */
function constructed(frame: Frame, value: unknown): unknown {
  const isObject = (typeof value === "object" && value !== null) || typeof value === "function";
  return isObject ? value : frame.a;
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
