import type { Frame, Resume } from "./frame.ts";

/** What a development build knows of a function: where each of its suspension points is, and what its slots are called. */
export interface Description {
  /** The function's name in the source. */
  name: string;
  file: string;
  /** By label without its sign: line (from 1), column (from 0), then the source names of the saved locals in order; empty for the compiler's own. */
  points: { readonly [label: number]: readonly [line: number, column: number, ...names: string[]] };
  /** Variables that are in boxes. */
  boxes?: readonly string[];
  /** True when the locals of every point are one array in `a`. */
  array?: boolean;
}

/** One suspended activation, for people. */
export interface FrameView {
  /** Name of the function, empty when it has none. */
  function: string;
  /** File, line (from 1) and column (from 0) of the call it waits in; undefined when it was not compiled for development. */
  file: string | undefined;
  line: number | undefined;
  column: number | undefined;
  /** Live variables by their names in the source; undefined when it was not compiled for development. */
  locals: Record<string, unknown> | undefined;
}

/** Descriptions by resume body. A resume body made on the cold path is new each time, so it can't be a plain table. */
const descriptions = new WeakMap<Resume, Description>();

/** Development builds: attaches a description to a resume body, and returns it. */
export function describe(resume: Resume, description: Description): Resume {
  descriptions.set(resume, description);
  return resume;
}

export function viewFrame(frame: Frame): FrameView {
  const description = descriptions.get(frame.resume);
  const point = description?.points[Math.abs(frame.label)];
  if (description === undefined || point === undefined) {
    const name = frame.resume.name.replace(/\$resume$/, "");
    return { function: name, file: undefined, line: undefined, column: undefined, locals: undefined };
  }
  const [line, column, ...names] = point;
  const slots = description.array ? (frame.a as unknown[]) : [frame.a, frame.b, frame.c];
  const locals = localsOf(names, slots, description.boxes ?? []);
  return { function: description.name, file: description.file, line, column, locals };
}

function localsOf(names: readonly string[], slots: unknown[], boxes: readonly string[]): Record<string, unknown> {
  const pairs = names.map((name, index) => [name, boxes.includes(name) ? unboxed(slots[index]) : slots[index]]);
  return Object.fromEntries(pairs.filter(([name]) => name !== ""));
}

/** A variable's value; undefined before its declaration. */
const unboxed = (box: unknown): unknown => (box as { value?: unknown } | undefined)?.value;

/** The continuation from `frame` outwards, as far as `limit` frames. */
export function viewFrames(frame: Frame | null, limit = Infinity): FrameView[] {
  const views: FrameView[] = [];
  for (let next = frame; next !== null && views.length < limit; next = next.next) views.push(viewFrame(next));
  return views;
}
