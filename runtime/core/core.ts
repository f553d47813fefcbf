import { ABI, checkAbi } from "./abi.ts";
import { call, call0, call1, call2, call3 } from "./call.ts";
import { GreenletError, GreenletExit } from "./errors.ts";
import { atomic } from "./atomic.ts";
import { Context, keepContexts } from "./context.ts";
import { describe } from "./describe.ts";
import { caught, caughtExit } from "./foreign.ts";
import { getCurrent, Greenlet } from "./greenlet.ts";
import { host } from "./host.ts";
import { advance, parked, resumed } from "./generators.ts";
import { delegate } from "./delegate.ts";
import { resources, suppressed } from "./disposal.ts";
import { close, isPlainIterable, iterate, list, remaining, take } from "./iteration.ts";
import * as classes from "./classes.ts";
import { noteModule } from "./modules.ts";
import { natives } from "./natives.ts";
import { canNest, nest } from "./nest.ts";
import * as language from "./language.ts";
import { resumable } from "./resumable.ts";
import { nowhere, parameters, parametersOf } from "./parameters.ts";
import * as save from "./save.ts";
import { develop, flag, S, state, takeError, THROWN } from "./state.ts";
import { logicalStack } from "./stack.ts";
import { constructFor, leaving } from "./super.ts";
import { showLogicalStacks } from "./stack-format.ts";
import * as stress from "./stress.ts";
import { getTrace, setTrace } from "./trace.ts";
import { places } from "./versions.ts";

/** What compiled code calls. One object, so that it survives every module format. */
const $ = {
  abi,
  /** The flag: element 0 is 0 while running, anything else while unwinding. */
  state: flag,
  S,
  thrown: THROWN,
  error: takeError,
  caught,
  caughtExit,
  call,
  call0,
  call1,
  call2,
  call3,
  natives,
  canNest,
  nest,
  describe,
  constructFor,
  leaving,
  nowhere,
  parameters,
  parametersOf,
  advance,
  delegate,
  parked,
  resumed,
  close,
  iterate,
  list,
  remaining,
  take,
  isPlainIterable,
  resources,
  suppressed,
  ...save,
  ...stress,
  ...language,
  ...classes,
  ...places,
};

/**
 * First thing in a compiled module.
 * @param compiled the ABI that the module was compiled for
 * @param build said by a development build
 * @returns what the module calls
 * @throws GreenletError `abi-mismatch`
 */
function abi(compiled: number, build?: "development"): typeof $ {
  checkAbi(compiled);
  noteModule(build === "development");
  if (build === "development") {
    develop();
    showLogicalStacks();
  }
  return $;
}

const own = {
  abi: ABI,
  $,
  state,
  atomic,
  Context,
  getCurrent,
  getTrace,
  Greenlet,
  GreenletError,
  GreenletExit,
  host,
  keepContexts,
  logicalStack,
  resumable,
  setTrace,
};

/** Where the copies of this package in one realm find each other. */
const key = Symbol.for("greenlets");

/**
 * The first copy of this package that was loaded in this realm; a second copy hands out the first one's classes and
 * functions, so that all share one state.
 * @throws GreenletError `abi-mismatch` when the two don't fit
 */
function claim(): typeof own {
  const first = (globalThis as { [key]?: typeof own })[key];
  if (first === undefined) {
    Object.defineProperty(globalThis, key, { value: own });
    return own;
  }
  if (first.abi === ABI) return first;
  throw new GreenletError(
    "abi-mismatch",
    `Two versions of greenlets are loaded, one with ABI ${first.abi} and one with ABI ${ABI}: install one version for all packages.`,
  );
}

export const core: typeof own = claim();
