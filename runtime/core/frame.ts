/**
 * Continues one suspended activation.
 * @param frame the activation's label and live locals
 * @param value what the call it was suspended at returns; `$.thrown` when that call throws `$.error()`
 * @returns what the activation returns, or `S` when it is suspended again
 */
export type Resume = (frame: Frame, value: unknown) => unknown;

/** One suspended activation. 72 bytes; more than three live locals are an array in `a`. */
export class Frame {
  resume: Resume;
  /** Which suspension point; positive: not inside a `try`, so an error passes without calling `resume`. */
  label: number;
  /** The frame of the caller. Stale while the activation runs. */
  next: Frame | null;
  a: unknown;
  b: unknown;
  c: unknown;

  constructor(resume: Resume, label: number, a: unknown, b: unknown, c: unknown) {
    this.resume = resume;
    this.label = label;
    this.next = null;
    this.a = a;
    this.b = b;
    this.c = c;
  }
}
