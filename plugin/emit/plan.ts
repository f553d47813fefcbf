/** plan — what printing a function needs to know, decided once for both bodies. */
import type { Expression } from "@babel/types";
import type { FrameLayout } from "./frame.ts";

/** How a frame gets its resume body. */
export type Placement =
  /** A function beside the outermost statement: `name`. */
  | { kind: "beside"; name: string }
  /** An arrow made at the only suspension point, because it needs variables around the function. */
  | { kind: "inline" }
  /** An arrow made behind the body, where every suspension point ends up. */
  | { kind: "exit"; label: string };

export interface Plan {
  result: string;
  frame: string;
  label: string;
  slots: string;
  self: string;
  args: string;
  newTarget: string;
  layout: FrameLayout;
  placement: Placement;
  /** May be called with `new`: frames say so. */
  constructible: boolean;
  /** The constructor of a class with `extends`: `this` comes from `super()`. */
  derived: boolean;
  /** The constructor itself, or the one around an arrow. */
  itself: (() => Expression) | null;
  /** What is caught in a printed `try`. */
  error: string;
  generator: boolean;
  /** Stress and development builds: the name that says whether a foreign frame is below. */
  checked: { foreign: string; receiver: string; helper: "stress" | "dev" } | null;
  /** The resume body, for arrows: printed when the first place that needs it is. */
  resumeArrow: () => Expression;
}
