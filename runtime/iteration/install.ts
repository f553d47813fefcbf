import { core } from "../core/core.ts";
import { addPart } from "../core/part.ts";
import { delegate } from "./delegate.ts";
import { resources, suppressed } from "./disposal.ts";
import { advance, parked, resumed } from "./generators.ts";
import { close, isPlainIterable, iterate, list, remaining, take } from "./items.ts";
import { nowhere, parameters, parametersOf } from "./parameters.ts";

// Loaded by compiled modules with loops over iterators, generators or `using`: adds what those call to `$`.

const iteration = {
  advance,
  close,
  delegate,
  isPlainIterable,
  iterate,
  list,
  nowhere,
  parameters,
  parametersOf,
  parked,
  remaining,
  resources,
  resumed,
  suppressed,
  take,
};

export type Iteration = typeof iteration;

addPart(iteration);

/** With this part: for other parts that need it. */
export const { $ } = core;
