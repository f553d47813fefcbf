import type { FrameView } from "../core/frame-view.ts";
import type { Frame, Resume } from "../core/frame.ts";

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

/** Descriptions by resume body. A resume body made on the cold path is new each time, so it can't be a plain table. */
const descriptions = new WeakMap<Resume, Description>();

/** Development builds: attaches a description to a resume body, and returns it. */
export function describe(resume: Resume, description: Description): Resume {
  descriptions.set(resume, description);
  return resume;
}

/** A frame as its description tells it; undefined when it has none. */
export function view(frame: Frame): FrameView | undefined {
  const description = descriptions.get(frame.resume);
  const point = description?.points[Math.abs(frame.label)];
  if (description === undefined || point === undefined) return undefined;
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
