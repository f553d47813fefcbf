// What the matrix runs, compiled: a switch below each kind of foreign frame.
import { EventEmitter } from "node:events";
import { getCurrent, Greenlet, GreenletError } from "greenlets";

type Callback = () => unknown;

/** Ways to reach a callback through a frame that can't be suspended. */
export const frames: Record<string, (callback: Callback, foreign: Foreign) => unknown> = {
  "a getter": (callback) => {
    const object = Object.defineProperty({}, "item", { get: callback }) as { item: unknown };
    const { item } = object;
    return [item];
  },
  "a Proxy trap": (callback) => {
    const proxy = new Proxy({ item: 0 }, { get: callback });
    return [proxy.item];
  },
  "a toString": (callback) => `${{ toString: callback } as unknown as string}!`,
  "an event emitter's listener": (callback) => {
    const emitter = new EventEmitter();
    emitter.on("event", callback);
    return emitter.emit("event");
  },
  "a native sort": (callback, { sorted }) => sorted([2, 1], callback as () => number),
  "a library": (callback, { library }) => library([1, 2], callback),
  "JSON.stringify": (callback, { write }) => write({ toJSON: callback }),
  "an async function": (callback) => {
    const begin = async (): Promise<unknown> => callback();
    const promise = begin();
    promise.catch(() => undefined);
    return [promise];
  },
  "an uncompiled function": (callback, { through }) => [through(callback)],
};

/** Functions that are not compiled. */
export interface Foreign {
  readonly sorted: (list: number[], compare: (a: number, b: number) => number) => unknown;
  readonly library: (list: number[], callback: Callback) => unknown;
  readonly write: (value: unknown) => string;
  readonly through: (callback: Callback) => unknown;
}

export interface Run {
  /** What happened, in order. */
  readonly trace: string[];
  /** The errors that reached compiled code, at the switch or at the call of the foreign frame. */
  readonly errors: unknown[];
  /** What the greenlet's parent received, in order. */
  readonly received: unknown[];
}

/** A greenlet switches below `frame`, in which an uncompiled function treats the callback in its own `way`. */
export function run(
  frame: (callback: Callback, foreign: Foreign) => unknown,
  way: (callback: Callback) => unknown,
  foreign: Foreign,
): Run {
  const result: Run = { trace: [], errors: [], received: [] };
  const greenlet = new Greenlet((..._sent: unknown[]) => {
    attempt(result, () => frame(() => way(() => switching(result)), foreign));
    return answer(getCurrent().parent!.switch("a switch afterwards"));
  });
  result.received.push(greenlet.switch(), greenlet.switch(20));
  return result;
}

function answer(value: unknown): string {
  return `answered ${value}`;
}

function switching({ trace, errors }: Run): unknown {
  try {
    getCurrent().parent!.switch("a switch below");
    trace.push("switched");
  } catch (error) {
    errors.push(error);
    trace.push("caught at the switch");
    throw error;
  } finally {
    trace.push("finally");
  }
  return 5;
}

function attempt({ trace, errors }: Run, body: Callback): void {
  try {
    const value = body();
    trace.push("returned");
    if (typeof value === "string") trace.push(`a text of ${value.length}`);
  } catch (error) {
    errors.push(error);
    trace.push(error instanceof GreenletError ? error.code : String(error));
  } finally {
    trace.push("outer finally");
  }
}
