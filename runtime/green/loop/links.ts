import { checkedFunction } from "../errors.ts";
import { enqueue, hub, report, type Turn } from "./hub.ts";
import { Entry, List } from "./list.ts";

/** Something that becomes ready, which one can wait for. */
export interface Source {
  ready(): boolean;
}

/** Somebody who is told when a source is ready: a waiting greenlet, or a function. */
export interface Link extends Entry {
  /** Called on the hub. */
  notify(source: unknown): void;
}

/** Who takes part in {@link Links}: a function, or an object that wants to be told. */
export type Target<S> = ((source: S) => void) | { notify(source: S): void };

/** A link that tells `receiver`; `target` stands for it in `unlink`. */
class TargetLink<S> extends Entry implements Link {
  readonly target: Target<S>;
  readonly receiver: Target<S>;

  constructor(target: Target<S>, receiver: Target<S>) {
    super();
    this.target = target;
    this.receiver = isReceiver(receiver) ? receiver : checkedFunction(receiver, "A link");
  }

  notify(source: S): void {
    if (typeof this.receiver === "function") this.receiver(source);
    else this.receiver.notify(source);
  }
}

export function isReceiver<S>(target: Target<S>): target is Exclude<Target<S>, Function> {
  return typeof target === "object" && target !== null && typeof target.notify === "function";
}

/**
 * Everybody who is to be told that a source is ready, in the order of arrival. `signal` only queues; the pass that follows
 * runs each link on the hub, one after the other, until the source is not ready any more.
 * A waiting greenlet runs within the pass: a wake-up can't get lost between being given and being used.
 */
export class Links<S extends Source = Source> extends List<Link> implements Turn {
  readonly source: S;
  /** Whoever waits when the source is signalled is told, even if it is not ready any more by then (Event). */
  readonly $everyone: boolean;
  /** A pass is queued or in progress. */
  busy = false;
  $bound = 0;

  constructor(source: S, everyone = false) {
    super();
    this.source = source;
    this.$everyone = everyone;
  }

  /** Queues a pass, if there is anybody to tell and none is queued. */
  signal(): void {
    if (this.busy || this.first === null) return;
    this.busy = true;
    enqueue(this);
  }

  /** Adds a link to the pass that is queued or in progress, behind the others. */
  pushBehind(link: Link): void {
    this.push(link);
    this.$bound = link.serial;
    hub.world.leaf = false;
  }

  /** Adds a function (or an object with `notify`), to be called once on the hub; `target` stands for it in `unlink`. */
  link(target: Target<S>, receiver: Target<S> = target): void {
    const link = new TargetLink(target, receiver);
    if (this.busy && this.source.ready()) this.pushBehind(link);
    else this.push(link);
    if (this.source.ready()) this.signal();
  }

  /** Takes back the first link of `target`, if there is one. */
  unlink(target: Target<S>): void {
    for (const link of this) if (link instanceof TargetLink && link.target === target) return link.leave();
  }

  /** How many links there are. */
  get count(): number {
    return [...this].length;
  }

  /** @internal Tells those who are here now; whoever comes meanwhile waits for the next signal. */
  turn(): void {
    this.$bound = this.serial;
    hub.world.leaf = false;
    for (let link = this.first; link !== null; link = this.first) {
      if (link.serial > this.$bound || !(this.$everyone || this.source.ready())) break;
      this.remove(link);
      try {
        link.notify(this.source);
      } catch (error) {
        report(error, this.source);
      }
    }
    this.busy = false;
    if (this.source.ready()) this.signal();
  }
}
