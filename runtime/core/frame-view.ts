import type { Frame } from "./frame.ts";
import { state } from "./state.ts";

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

function viewFrame(frame: Frame): FrameView {
  const known = state.development?.view(frame);
  if (known !== undefined) return known;
  const [name = ""] = frame.resume.name.split("$resume");
  return { function: name, file: undefined, line: undefined, column: undefined, locals: undefined };
}

/** The continuation from `frame` outwards. */
export function viewFrames(frame: Frame | null): FrameView[] {
  const views: FrameView[] = [];
  for (let next = frame; next !== null; next = next.next) views.push(viewFrame(next));
  return views;
}
