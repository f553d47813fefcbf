import { isSync } from "./loop/entered.ts";
import { checkPlace } from "./by-hand/park.ts";
import { Waiter } from "./loop/waiter.ts";
import { wait } from "./wait.ts";

/** The two forms of one operation. */
export interface Forms<A extends unknown[], T> {
  /** Does it at once: used inside `runSync`. */
  sync: (...args: A) => T;
  /** Promises it: used in greenlets, where only the current one waits. */
  async: (...args: A) => PromiseLike<T>;
}

/**
 * A leaf from which one plain function runs either way.
 *
 *     const readText = dual({ sync: (path: string) => readFileSync(path, "utf8"), async: (path) => readFile(path, "utf8") });
 *     function load(path: string): Config { return parse(readText(path)); }        // no async, no generator
 *     runSync(() => load("a.json"));        await run(load, "a.json");        load("a.json") in a greenlet
 *
 * @throws GreenError `on-hub` when called neither in a greenlet nor inside `runSync`
 */
export function dual<A extends unknown[], T>(forms: Forms<A, T>): (...args: A) => T {
  return (...args) => {
    if (isSync()) return forms.sync(...args);
    checkPlace(new Waiter("a dual leaf (or call it inside runSync)"));
    return wait(forms.async(...args));
  };
}
