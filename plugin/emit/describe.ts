/**
 * describe — what development builds say of a function, so that a parked greenlet can show its frames.
 *
 *   Out    { name: "walk", file: "src/walk.ts", points: { 1: [3, 2, "node"], 2: [4, 2, "node", "sum"] }, boxes: ["sum"] }
 *   label without its sign → line (from 1), column (from 0), the source names of the saved locals in slot order, empty for the
 *   compiler's own; then the names whose values are in boxes, and whether the locals of each point are one array
 */
import type { Expression } from "@babel/types";
import * as b from "./build.ts";
import type { FrameLayout } from "./frame.ts";
import type { Names } from "../names.ts";
import type { Point } from "../steps.ts";

export interface Described {
  readonly name: string;
  readonly file: string;
  /** The function's names: those that were made are no variables of the source. */
  readonly names: Names;
  readonly boxed: ReadonlySet<string>;
}

export function descriptionOf(described: Described, layout: FrameLayout, points: Point[]): Expression {
  const entries = points.map((point) =>
    b.property(String(Math.abs(point.label)), placeOf(point, layout, described.names)),
  );
  const boxes = [...layout.slots.keys()].filter((name) => described.boxed.has(name));
  return b.object([
    b.property("name", b.string(described.name)),
    b.property("file", b.string(described.file)),
    b.property("points", b.object(entries)),
    ...(boxes.length > 0 ? [b.property("boxes", b.array(boxes.map(b.string)))] : []),
    ...(layout.isArray ? [b.property("array", b.boolean(true))] : []),
  ]);
}

function placeOf(point: Point, layout: FrameLayout, names: Names): Expression {
  const start = point.origin.loc?.start;
  const slots: string[] = [];
  for (const name of point.live) slots[layout.slots.get(name) as number] = names.isMade(name) ? "" : name;
  const words = Array.from(slots, (name) => b.string(name ?? ""));
  return b.array([b.number(start?.line ?? 0), b.number(start?.column ?? 0), ...words]);
}
