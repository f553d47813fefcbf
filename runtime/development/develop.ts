import { core } from "../core/core.ts";
import type { Development } from "../core/hooks.ts";
import { updateWatched } from "../core/watch.ts";
import { noteLeft, watchCollection } from "./collection.ts";
import { view } from "./describe.ts";
import { fullStack, noteError, noteHere, noteOrigin } from "./stack.ts";
import { showLogicalStacks } from "./stack-format.ts";

const development: Development = {
  created(greenlet, constructor) {
    noteOrigin(greenlet, constructor);
    watchCollection(greenlet);
  },
  left: noteLeft,
  failed: noteError,
  seen: noteHere,
  view,
  stack: fullStack,
};

/** From the first sign of a development build on, greenlets remember where they come from and what they leave undone. */
export function develop(): void {
  if (core.state.development !== null) return;
  core.state.development = development;
  updateWatched();
  showLogicalStacks();
}
