import { after } from "./by-hand/after.ts";
import { wait } from "./wait.ts";

/** Methods that promise become methods that wait; everything else stays. Of an overloaded method TypeScript sees the last overload. */
export type Waiting<T> = {
  [K in keyof T]: T[K] extends (...args: infer A) => infer R ? (...args: A) => Awaited<R> : T[K];
};

/** Methods that take a callback `(error, value)` as their last argument become methods that wait for it. */
export type WaitingForCallbacks<T> = {
  [K in keyof T]: T[K] extends (...args: [...infer A, (error: unknown, value: infer V) => void]) => unknown
    ? (...args: A) => V
    : T[K];
};

type Method = (...args: unknown[]) => unknown;

/**
 * A view of an object whose methods wait: `green(fs.promises).readFile(path, "utf8")` is a string.
 * The object itself is not touched, methods run on it, and results come as they are (an object with methods of its own needs a
 * view of its own).
 * @param style how the object's methods end: with a promise, by default, or by calling their last argument back
 */
export function green<T extends object>(object: T, style?: "promise"): Waiting<T>;
export function green<T extends object>(object: T, style: "callback"): WaitingForCallbacks<T>;
export function green(object: object, style: "promise" | "callback" = "promise"): object {
  const views = new Map<Method, Method>();
  return new Proxy(object, {
    get(target, key) {
      const value: unknown = Reflect.get(target, key);
      if (typeof value !== "function") return value;
      const method = value as Method;
      let view = views.get(method);
      if (view === undefined)
        views.set(method, (view = style === "callback" ? calledBack(target, method) : promised(target, method)));
      return view;
    },
  });
}

function promised(object: object, method: Method): Method {
  return (...args) => after(() => Reflect.apply(method, object, args), wait);
}

function calledBack(object: object, method: Method): Method {
  return (...args) =>
    wait((resolve, reject) => {
      const done = (error: unknown, value: unknown) => (error ? reject(error) : resolve(value));
      return after(
        () => Reflect.apply(method, object, [...args, done]),
        () => undefined,
      );
    });
}
