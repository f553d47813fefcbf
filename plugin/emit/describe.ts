/**
 * describe — what development builds say of a function, so that a parked greenlet can show its frames.
 *
 *   Out    { name: "walk", file: "src/walk.ts", points: { 1: [3, 2, "node"], 2: [4, 2] } }
 *   label without its sign → line (from 1), column (from 0), the source names of the saved locals in slot order
 */
import type { Expression } from "@babel/types";
import * as b from "./build.ts";
import type { FrameLayout } from "./frame.ts";
import type { Point } from "../steps.ts";

export function descriptionOf(name: string, file: string, layout: FrameLayout, points: Point[]): Expression {
  const entries = points.map((point) => b.property(String(Math.abs(point.label)), placeOf(point, layout)));
  return b.object([
    b.property("name", b.string(name)),
    b.property("file", b.string(file)),
    b.property("points", b.object(entries)),
  ]);
}

function placeOf(point: Point, layout: FrameLayout): Expression {
  const start = point.origin.loc?.start;
  const names: string[] = [];
  for (const name of point.live) names[layout.slots.get(name) as number] = name;
  const words = Array.from(names, (name) => b.string(name ?? ""));
  return b.array([b.number(start?.line ?? 0), b.number(start?.column ?? 0), ...words]);
}
