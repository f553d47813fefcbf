import type { Versions } from "../builtins/index.ts";
import type { Classes } from "../classes/install.ts";
import type { ForDevelopment } from "../development/install.ts";
import type { Iteration } from "../iteration/install.ts";
import type { Language } from "../language/install.ts";
import { ABI, checkAbi } from "./abi.ts";
import { call, call0, call1, call2, call3 } from "./call.ts";
import { GreenletError, GreenletExit } from "./errors.ts";
import { cancel, caught, caughtExit, foreignFrame, swallowed } from "./foreign.ts";
import { Frame } from "./frame.ts";
import { Greenlet } from "./greenlet.ts";
import { modules } from "./modules.ts";
import { constructing, resave, resumeBy, save } from "./save.ts";
import { flag, state, takeError, THROWN } from "./state.ts";
import { S } from "./suspended.ts";
import { leaving, SUSPENDED } from "./super.ts";
import { DEAD, type Status } from "./status.ts";
import { drive, start } from "./trampoline.ts";
import { isUnstarted } from "./unstarted.ts";

/**
 * What compiled code calls. One object, so that it survives every module format. What few programs need is in parts, which
 * compiled modules import where they need them (parts.ts), and which add themselves here.
 */
const protocol = {
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
  constructing,
  leaving,
  resave,
  resumeBy,
  save,
};

/** With every part: a module uses only those that it has imported. */
export type Abi = typeof protocol & Language & Iteration & Classes & ForDevelopment & Versions;

const $ = protocol as Abi;

/**
 * First thing in a compiled module.
 * @param compiled the ABI that the module was compiled for
 * @param build said by a development build, which has imported what it needs for that
 * @returns what the module calls
 * @throws GreenletError `abi-mismatch`
 */
function abi(compiled: number, build?: "development"): Abi {
  checkAbi(compiled);
  modules.push([new Error(), build]);
  if (build === "development") $.develop();
  return $;
}

/** What the parts and the public modules use, so that those of every copy of the package work on one state. */
const own = {
  abi: ABI,
  $,
  cancel,
  DEAD: DEAD as Status,
  drive,
  foreignFrame,
  Frame,
  Greenlet,
  GreenletError,
  GreenletExit,
  isUnstarted,
  modules,
  start,
  state,
  SUSPENDED,
  swallowed,
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
  checkAbi(first.abi);
  return first;
}

export const core: typeof own = claim();
