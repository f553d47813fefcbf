/** options — what users can set, checked: an unknown key is an error that suggests the nearest known one. */

import type { Assume } from "./assumed.ts";
import { nearest } from "./nearest.ts";

export interface Options {
  /** Every suspension point really suspends and resumes, so that tests exercise every resume body. */
  stress?: boolean;
  /** A development build: a switch below a foreign frame is an error before that frame goes on. */
  dev?: boolean;
  /** Where the runtime's ABI is imported from. */
  runtime?: string;
  /** `catch` clauses that do not mention GreenletExit let it through, as Python's `except Exception` does. On by default. */
  exitPasses?: boolean;
  /** Calls of built-in functions that call back (`map`, `sort`, `JSON.parse`, …) go to versions that can be suspended. On by default. */
  builtins?: boolean;
  /** The facts file of a whole-program analysis: which calls may switch, by types. Not used for a file whose text has changed. */
  facts?: string;
  /** The facts' hash. Changes nothing here; caches that know only options and text notice new facts by it. */
  factsHash?: string;
  /**
   * Functions that the user knows better, by patterns such as `query`, `Pool#acquire` and `src/*.ts:log`: `plain` ones never switch, `switches`
   * ones do. For files that are compiled by themselves; a whole-program analysis is told when it is made (`greenlets check --plain …`).
   */
  assume?: Assume;
  /** Calls that are plain only by types or assumptions are checked at run time: a switch below one is a GreenletError `not-plain`. */
  assert?: boolean;
  /** Modules, by the end of the path they are imported with, whose functions never switch. */
  plainImports?: readonly string[];
}

export type Settings = Required<Options>;

const DEFAULTS: Settings = {
  stress: false,
  dev: false,
  runtime: "greenlets/internal",
  exitPasses: true,
  builtins: true,
  plainImports: [],
  facts: "",
  factsHash: "",
  assume: {},
  assert: false,
};

export class OptionsError extends Error {
  readonly code = "greenlets/options";

  constructor(message: string) {
    super(message);
    this.name = "OptionsError";
  }
}

/** Options with defaults. @throws OptionsError for an unknown key or a value of the wrong type */
export function settle(options: object): Settings {
  const settings: Record<string, unknown> = { ...DEFAULTS };
  for (const [key, value] of Object.entries(options)) {
    if (!(key in DEFAULTS)) throw new OptionsError(`greenlets: unknown option "${key}".${suggestion(key)}`);
    if (value === undefined) continue;
    const expected = typeof DEFAULTS[key as keyof Settings];
    if (typeof value !== expected || Array.isArray(value) !== Array.isArray(DEFAULTS[key as keyof Settings]))
      throw new OptionsError(`greenlets: option "${key}" must be a ${expected}, but it is ${JSON.stringify(value)}.`);
    settings[key] = value;
  }
  return settings as unknown as Settings;
}

function suggestion(key: string): string {
  const known = Object.keys(DEFAULTS);
  const near = nearest(key, known);
  return near ? ` Did you mean "${near}"?` : ` Known options: ${known.join(", ")}.`;
}
