/** What the loop needs from the world outside: a clock, and to be called back. Tests put a virtual one in its place. */
export interface Host {
  /** Milliseconds that never run backwards. */
  now(): number;
  /** Calls `task` when the current code has returned, before timers and I/O. */
  soon(task: () => void): void;
  /** Calls `task` after timers and I/O had their turn. */
  later(task: () => void): void;
  /**
   * Calls `task` at the millisecond `at` (Infinity: never), in place of what was asked before.
   * @param holds whether the program stays alive for it
   */
  wakeAt(at: number, holds: boolean, task: () => void): void;
}

type Handle = ReturnType<typeof setTimeout> & { ref?(): void; unref?(): void };

/** setTimeout knows no longer delay (2^31 - 1 ms); waking too early does no harm. */
const LONGEST_DELAY = 2_147_483_647;

/** Node, Deno, Bun: setImmediate. Browsers: a message to oneself, which is not delayed as nested timeouts are. */
function makeLater(): (task: () => void) => void {
  if (typeof setImmediate === "function") return (task) => void setImmediate(task);
  const tasks: (() => void)[] = [];
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => tasks.shift()!();
  return (task) => {
    tasks.push(task);
    port2.postMessage(null);
  };
}

/** The host's own event loop. */
export class RealHost implements Host {
  $later: ((task: () => void) => void) | null = null;
  $handle: Handle | undefined = undefined;
  $at = Infinity;
  $holds = true;

  now(): number {
    return performance.now();
  }

  soon(task: () => void): void {
    queueMicrotask(task);
  }

  later(task: () => void): void {
    (this.$later ??= makeLater())(task);
  }

  wakeAt(at: number, holds: boolean, task: () => void): void {
    if (at !== this.$at) this.$arm(at, task);
    if (holds === this.$holds || this.$handle === undefined) return;
    this.$holds = holds;
    if (holds) this.$handle.ref?.();
    else this.$handle.unref?.();
  }

  $arm(at: number, task: () => void): void {
    clearTimeout(this.$handle);
    this.$at = at;
    this.$holds = true;
    this.$handle = at === Infinity ? undefined : this.$timeout(at - this.now(), task);
  }

  $timeout(delay: number, task: () => void): Handle {
    const wake = () => {
      this.$at = Infinity;
      this.$handle = undefined;
      task();
    };
    return setTimeout(wake, Math.min(Math.max(Math.ceil(delay), 1), LONGEST_DELAY)) as Handle;
  }
}
