import { interrupted, swallowed } from "./foreign.ts";
import type { Frame } from "./frame.ts";
import type { AnyGreenlet } from "./greenlet.ts";
import { flag, KEPT, state, THROWN } from "./state.ts";
import { S } from "./suspended.ts";
import { DEAD, PENDING, STARTED } from "./status.ts";
import { living, noBody } from "./transfer.ts";
import { Turn } from "./turn.ts";
import { isUnstarted } from "./unstarted.ts";

/** After how many transfers a turn is replaced by a fresh one. */
const LENGTH = 1000;

/** Where `flag` counts the transfers that are left to the present turn. */
const LEFT = 1;

/** A fresh turn, in the same state. */
function nextTurn(): void {
  flag[LEFT] = LENGTH;
  state.turn = new Turn(state.turn.current, state.turn.value);
}

/** Runs greenlets on top of the main greenlet, from a switch there until somebody switches (or dies) back to it. */
export function drive(): unknown {
  const { main } = state;
  let origin = main;
  state.turn.current = state.turn.target!;
  state.driving = true;
  try {
    for (;;) {
      if (state.watched) observe(origin);
      if (state.turn.current === main) break;
      if (--flag[LEFT]! <= 0) nextTurn();
      origin = state.keepsContexts ? state.contexts!.run(run) : run();
    }
    if (state.throwing) throw state.turn.value;
    return state.turn.value;
  } finally {
    // No calls in here: the host's stack may have overflowed in the trampoline itself. A greenlet in the middle of
    // something could not be continued with the right value any more, so it must not be continued at all.
    if (state.running) {
      state.running = false;
      state.turn.current.$status = DEAD;
      state.turn.current.$frame = null;
    }
    flag[0] = 0;
    state.driving = state.throwing = state.turn.calling = false;
    state.turn.current = main;
    state.turn.target = state.turn.head = state.turn.tail = null;
    state.turn.value = undefined;
  }
}

/** Tells whoever wants to know that control went from `origin` to the current greenlet. */
function observe(origin: AnyGreenlet): void {
  state.development?.left(origin);
  state.announce?.(origin, state.turn.current);
}

/**
 * Delivers the turn's value to the current greenlet, and on to whatever it switches to. Stops at the main greenlet, at every
 * transfer while somebody is told of them or contexts are kept, and when the turn has had its time: entered anew, this
 * function is code that V8 has optimised for this module, which code optimised in the middle of its loop is not.
 *
 * The innermost frame gets the value; what it returns goes to the next frame, and so on: outer frames stay saved, so a
 * switch costs the same at any depth. Errors skip frames that have no handler. A frame stays in its place while it runs,
 * because most often it is the very next one to be suspended again, and then nothing needs to be written.
 * Only calls of compiled code are inside the `try`: an error of the trampoline itself must not be delivered to anybody.
 * @returns the greenlet that was left last
 */
function run(): AnyGreenlet {
  const { main, turn } = state;
  let greenlet = turn.current;
  let { value } = turn;
  let { throwing } = state;
  state.throwing = false;
  state.running = true;
  for (;;) {
    const frame = greenlet.$frame;
    if (frame === null) {
      if (throwing || greenlet.$status !== PENDING) {
        const origin = greenlet;
        end(greenlet, value, throwing);
        greenlet = turn.current;
        if (state.watched || greenlet === main) {
          state.running = false;
          return origin;
        }
        value = turn.value;
        throwing = state.throwing;
        state.throwing = false;
        continue;
      }
    } else if (throwing && frame.label > 0) {
      greenlet.$frame = frame.next;
      continue;
    }
    let result: unknown;
    try {
      // Whatever runs in the trampoline has no foreign frame below it.
      state.below = false;
      if (frame === null) result = start(greenlet, value);
      else if (!throwing) {
        const { resume } = frame;
        result = resume(frame, value);
      } else {
        throwing = false;
        state.error = value;
        result = frame.resume(frame, THROWN);
      }
    } catch (error) {
      if (frame !== null) greenlet.$frame = frame.next;
      value = flag[0] === 0 ? error : interrupted(error);
      throwing = true;
      state.development?.failed(value, greenlet, greenlet.$frame);
      continue;
    }
    if (flag[0] === 0) {
      if (frame !== null) greenlet.$frame = frame.next;
      value = result;
    } else if (result === S || isUnstarted(result)) {
      if (flag[0] !== KEPT) park(greenlet, frame);
      else if (turn.head !== null) insert(greenlet);
      flag[0] = 0;
      const origin = greenlet;
      greenlet = turn.target!;
      turn.current = greenlet;
      if (state.watched || greenlet === main || --flag[LEFT]! <= 0) {
        state.running = false;
        return origin;
      }
      value = turn.value;
      throwing = state.throwing;
      state.throwing = false;
    } else {
      if (frame !== null) greenlet.$frame = frame.next;
      value = swallowed();
      throwing = true;
    }
  }
}

/** The frames saved by this unwinding come before the one that it began with; `resave` has linked the last of them. */
function insert(greenlet: AnyGreenlet): void {
  const { turn } = state;
  greenlet.$frame = turn.head;
  turn.head = turn.tail = null;
}

/** The frames saved by this unwinding take the place of `resumed`, the frame it began with (null: the body's start). */
function park(greenlet: AnyGreenlet, resumed: Frame | null): void {
  const { head, tail } = state.turn;
  const rest = resumed === null ? null : resumed.next;
  if (head === null) greenlet.$frame = rest;
  else {
    (tail ?? head).next = rest;
    insert(greenlet);
  }
}

/** Enters the body with the values of the switch. */
export function start(greenlet: AnyGreenlet, value: unknown): unknown {
  const body = greenlet.$body;
  if (body === null) throw noBody(greenlet);
  greenlet.$status = STARTED;
  greenlet.$body = null;
  state.turn.calling = body;
  state.below = false;
  if (state.count === 1) return body.call(greenlet, value);
  return state.count === 0 ? body.call(greenlet) : body.apply(greenlet, value);
}

/**
 * The last frame is done, or an error arrived before the first: the greenlet is dead, and what it returned or threw goes
 * to its parent. One that has no body to start stays pending, and the error goes on to its parent.
 */
function end(greenlet: AnyGreenlet, value: unknown, throwing: boolean): void {
  if (greenlet.$status === STARTED || greenlet.$body !== null) greenlet.$status = DEAD;
  greenlet.$body = null;
  state.turn.value = value;
  state.count = 1;
  state.throwing = throwing;
  state.turn.current = living(greenlet.$status === DEAD ? greenlet : greenlet.$parent!);
}
