import type { Context } from "../node/context.ts";
import type { FrameView } from "./frame-view.ts";
import type { Frame } from "./frame.ts";
import type { AnyGreenlet } from "./greenlet.ts";

// What the core calls of parts that most programs do without: it never imports them.

/** What development builds want to know of. */
export interface Development {
  /** A greenlet was made; `constructor` is the outermost function of ours on the stack. */
  created(greenlet: AnyGreenlet, constructor: Function): void;
  /** Control has just left a greenlet. */
  left(greenlet: AnyGreenlet): void;
  /** An error left an activation of a greenlet; `frame` waits below it. */
  failed(error: unknown, greenlet: AnyGreenlet, frame: Frame | null): void;
  /** The current greenlet has just made or caught an error. */
  seen(error: unknown): void;
  /** @returns undefined for what was not compiled for development */
  view(frame: Frame): FrameView | undefined;
  stack(error: Error): string;
}

/** What keeps asynchronous contexts. */
export interface Contexts {
  readonly Context: typeof Context;
  /** The context of a new greenlet. */
  inherited(): Context;
  /** @throws TypeError for anything but a Context or null */
  checked(context: unknown): Context;
  /** Runs the current greenlet, until it is left, in its own context. @returns what `run` returns */
  run(run: () => AnyGreenlet): AnyGreenlet;
}
