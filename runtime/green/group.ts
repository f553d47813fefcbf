import { after } from "./by-hand/after.ts";
import { collect, each } from "./by-hand/each.ts";
import { Event } from "./event.ts";
import { Green, type KillOptions, type SpawnOptions } from "./green.ts";
import { currentGreenlet } from "./loop/hub.ts";
import { Mapping, type MapOptions } from "./mapping.ts";
import { kill } from "./spawn.ts";
import { isInTime } from "./loop/waiter.ts";
import type { Limit } from "./timeout.ts";

/** How `Group.join` waits. */
export interface GroupJoinOptions {
  /** How long to wait at most. */
  timeout?: Limit;
  /** Then throw the error of a member that failed; members that had left the group before are not known any more. */
  raise?: boolean;
}

/** Greens that can be waited for and killed together; whoever ends leaves. */
export class Group implements Iterable<Green> {
  /** @internal */ declare readonly $members: Set<Green>;
  /** @internal */ declare readonly $empty: Event;

  constructor(members: Iterable<Green> = []) {
    this.$members = new Set();
    this.$empty = new Event();
    this.$empty.set();
    each(members, (member) => this.$enter(member));
  }

  get size(): number {
    return this.$members.size;
  }

  has(green: Green): boolean {
    return this.$members.has(green);
  }

  [Symbol.iterator](): Iterator<Green> {
    return this.$members.values();
  }

  /** Adds a Green, until it ends. In a pool, waits for a free slot. */
  add(green: Green<unknown>): void {
    return this.$admit(green, undefined, () => undefined);
  }

  /** @internal Adds a Green, in a pool as soon as there is a free slot. @returns what `then` does */ $admit<R>(
    green: Green<unknown>,
    _limit: Limit,
    then: () => R,
  ): R {
    this.$enter(green);
    return then();
  }

  /** @internal */ $enter(green: Green): void {
    if (green.ready()) return this.$release();
    this.$members.add(green);
    this.$empty.clear();
    green.$watch(this);
  }

  /** @internal A member has ended. */
  notify(green: Green): void {
    this.discard(green);
  }

  /** Lets go of a member without touching it. */
  discard(green: Green<unknown>): void {
    if (!this.$members.delete(green)) return;
    green.unlink(this);
    this.$release();
    if (this.$members.size === 0) this.$empty.set();
  }

  /** @internal A place is free. */ $release(): void {}

  /** Adds a Green and starts it. */
  start<T>(green: Green<T>): Green<T> {
    return this.$admit(green, undefined, () => green.start());
  }

  /** Spawns a member. In a pool, waits for a free slot. */
  spawn<T, A extends unknown[] = []>(task: (...args: A) => T, options?: SpawnOptions<A>): Green<T> {
    return this.start(new Green<T>(task, options as SpawnOptions));
  }

  /** Waits until the group has been empty. @returns false when the limit was reached first */
  join({ timeout, raise = false }: GroupJoinOptions = {}): boolean {
    const members = raise ? [...this.$members] : [];
    members.forEach((member) => (member.observed = true));
    return this.$empty.$await(timeout, (value) => {
      const failed = members.find((member) => member.ready() && !member.successful());
      if (failed) throw failed.error;
      return isInTime(value);
    });
  }

  /** Kills all members, also those that join meanwhile; by default waits until the group is empty. */
  kill(error?: unknown, { block = true, timeout }: KillOptions = {}): void {
    return this.$kill(error, block, timeout, new WeakSet());
  }

  /** @internal Kills those who were not `struck` before, and those who come while they end. */ $kill(
    error: unknown,
    block: boolean,
    timeout: Limit,
    struck: WeakSet<Green>,
  ): undefined {
    const fresh = [...this.$members].filter((member) => !struck.has(member));
    fresh.forEach((member) => {
      struck.add(member);
      kill(member, error);
    });
    if (!block || this.size === 0) return undefined;
    return this.$empty.$await(timeout, (value) =>
      isInTime(value) && this.size > 0 ? this.$kill(error, block, timeout, struck) : undefined,
    );
  }

  /** Runs `task` as a member and waits for it; in place when the caller is a member already, so that a full pool can't lock up. */
  apply<T, A extends unknown[]>(task: (...args: A) => T, ...args: A): T {
    if (this.$members.has(currentGreenlet() as unknown as Green)) return task(...args);
    const green = new Green<T>(task, { args });
    return this.$admit(green, undefined, () => green.start().get());
  }

  /** Like `apply`, without waiting, not even for a free slot. @param onValue called with the result, in a greenlet of its own */
  applyAsync<T>(task: () => T, onValue?: (value: T) => void): Green<T> {
    return after(
      () => (this.$full ? new Green(() => this.apply(task)).start() : this.spawn(task)),
      (green) => {
        if (onValue) green.linkValue(() => onValue(green.value as T));
        return green;
      },
    );
  }

  /** @internal */ get $full(): boolean {
    return false;
  }

  /** Results of `task`, in the order of the items. @throws the first error, in that order */
  map<I, O>(task: (item: I) => O, items: Iterable<I>): O[] {
    return collect(this.imap(task, items), (result) => result);
  }

  /** Results one by one, in the order of the items; the error of an item is thrown in its place, and the iteration can go on. */
  imap<I, O>(task: (item: I) => O, items: Iterable<I>, options?: MapOptions): Mapping<I, O> {
    return new Mapping(this, task, items, true, options);
  }

  /** Results one by one, as they come. */
  imapUnordered<I, O>(task: (item: I) => O, items: Iterable<I>, options?: MapOptions): Mapping<I, O> {
    return new Mapping(this, task, items, false, options);
  }

  [Symbol.dispose](): void {
    return this.kill();
  }
}
