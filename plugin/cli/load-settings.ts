/** load-settings — how the modules of a program that runs are compiled. */
import { dirname, relative, resolve, sep } from "node:path";
import { factsRoot, nearestFacts, readFacts } from "../analyse/facts.ts";

export interface LoadSettings {
  readonly stress: boolean;
  /** The facts file of the project; "" for none. */
  readonly facts: string;
}

/**
 * The settings for a program.
 *
 * Facts are those of the project around the main module, if that belongs to it: a script from elsewhere may call the project's
 * functions in ways that its analysis has not seen.
 */
export function settingsFor(main: string | undefined, stress: boolean): LoadSettings {
  const file = main === undefined ? undefined : nearestFacts(dirname(resolve(main)));
  const path = file === undefined ? "" : relative(factsRoot(file), resolve(main!)).split(sep).join("/");
  const belongs = file !== undefined && Object.hasOwn(readFacts(file)?.files ?? {}, path);
  return { stress, facts: belongs ? file : "" };
}
