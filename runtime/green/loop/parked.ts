import type { Waiter } from "./waiter.ts";

const SWEEP = 4096;
/** So many may be kept alive while nothing happens: waits that are over soon never cost a weak reference. */
const FEW = 256;

/**
 * Who is parked without a timer: known for the report of a deadlock and for a shutdown, but not kept alive. A greenlet that
 * nobody can wake any more is collected.
 *
 *     note ──► recent (strong, in order) ──the queue runs empty──► parked (weak): most waits are over before they get there
 */
export class ParkedRegistry {
  recent: Waiter[] = [];
  parked: WeakRef<Waiter>[] = [];
  /** Twice as many as were left at the last clearing: keeps clearing cheap. */
  limit = SWEEP;

  /** Notes that `waiter` is about to be parked. Waits that ended are let go first, while they are the latest: most are. */
  note(waiter: Waiter): void {
    const { recent } = this;
    while (recent.length > 0 && recent[recent.length - 1]!.over) recent.pop();
    recent.push(waiter);
    if (recent.length >= SWEEP) this.sweep();
  }

  /** The queue has run empty. */
  rest(): void {
    if (this.recent.length > FEW) this.sweep();
  }

  /** Forgets waits that are over; lets go of the others. */
  sweep(): void {
    if (this.recent.length === 0) return;
    for (const waiter of this.recent) if (!waiter.over) this.parked.push(new WeakRef(waiter));
    this.recent = [];
    if (this.parked.length < this.limit) return;
    this.parked = this.parked.filter((ref) => ref.deref()?.over === false);
    this.limit = Math.max(SWEEP, this.parked.length * 2);
  }

  /** Everybody who is parked without a timer, oldest first. */
  waiters(): Waiter[] {
    this.sweep();
    return this.parked.flatMap((ref) => ref.deref() ?? []).filter((waiter) => !waiter.over);
  }
}
