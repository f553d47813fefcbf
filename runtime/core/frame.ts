/**
 * Continues one suspended activation.
 * @param frame the activation's label and live locals
 * @param value what the call it was suspended at returns; `$.thrown` when that call throws `$.error()`
 * @returns what the activation returns, or `S` when it is suspended again
 */
export type Resume = (frame: Frame, value: unknown) => unknown;

/**
 * One suspended activation; more than three live locals are an array in `a`.
 * 72 bytes. The fields are only declared, because a field's initialiser would write each of them twice.
 */
export class Frame {
  declare resume: Resume;
  /** Which suspension point; positive: not inside a `try`, so an error passes without calling `resume`. */
  declare label: number;
  /** The frame of the caller. Stale while the activation runs. */
  declare next: Frame | null;
  declare a: unknown;
  declare b: unknown;
  declare c: unknown;

  constructor(resume: Resume, label: number, a: unknown, b: unknown, c: unknown) {
    this.resume = resume;
    this.label = label;
    this.next = null;
    this.a = a;
    this.b = b;
    this.c = c;
  }
}
