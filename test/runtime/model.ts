// The rules of greenlets as plain data, without a runtime: who runs next, and what arrives there.

/** What arrives in a greenlet, or is on its way. */
export interface Delivery {
  readonly to: number;
  readonly kind: "value" | "error";
  readonly value: unknown;
}

interface Actor {
  status: "pending" | "started" | "dead";
  parent: number;
  /** One entry per nested call: whether an error stops there. The body's own activation stops every error. */
  stack: boolean[];
}

/** Whether an error is a request to end, which the dead and the dying pass on as a value. */
export type IsExit = (error: unknown) => boolean;

/** Greenlets by number; number 0 is main. */
export class Model {
  readonly actors: Actor[] = [{ status: "started", parent: -1, stack: [] }];
  private readonly isExit: IsExit;

  constructor(isExit: IsExit) {
    this.isExit = isExit;
  }

  create(index: number, parent: number): void {
    this.actors[index] = { status: "pending", parent, stack: [] };
  }

  private actor(index: number): Actor {
    const actor = this.actors[index];
    if (actor === undefined) throw new Error(`no greenlet ${index}`);
    return actor;
  }

  isAlive(index: number): boolean {
    return this.actor(index).status !== "dead";
  }

  /** Whether `ancestor` is `index` or above it. */
  isWithin(index: number, ancestor: number): boolean {
    for (let next = index; next !== -1; next = this.actor(next).parent) if (next === ancestor) return true;
    return false;
  }

  /** False, changing nothing, when it would close a cycle. */
  reparent(index: number, parent: number): boolean {
    if (this.isWithin(parent, index)) return false;
    this.actor(index).parent = parent;
    return true;
  }

  /** `switch` and `throw`: the dead pass it on, the pending start or die, the suspended get it. */
  send(to: number, kind: Delivery["kind"], value: unknown): Delivery {
    const target = this.actor(to);
    if (target.status === "dead") return this.pass(target.parent, kind, value);
    if (target.status === "started") return kind === "error" ? this.raise(to, value) : { to, kind, value };
    if (kind === "error") {
      target.status = "dead";
      return this.pass(target.parent, kind, value);
    }
    target.status = "started";
    return { to, kind, value };
  }

  /** Something leaves a dead greenlet for its parent. */
  private pass(parent: number, kind: Delivery["kind"], value: unknown): Delivery {
    return this.send(parent, kind === "error" && this.isExit(value) ? "value" : kind, value);
  }

  call(index: number, guarded: boolean): void {
    this.actor(index).stack.push(guarded);
  }

  /** The innermost call returns, or the body does. */
  return(index: number, value: unknown): Delivery {
    const { stack } = this.actor(index);
    if (stack.pop() !== undefined) return { to: index, kind: "value", value };
    return this.die(index, "value", value);
  }

  /** An error from outside stops at the innermost activation: each waits inside a try. */
  private raise(to: number, value: unknown): Delivery {
    return { to, kind: "error", value };
  }

  /** The innermost activation throws: the error passes calls that are not guarded. */
  fail(index: number, value: unknown): Delivery {
    const { stack } = this.actor(index);
    for (let guarded = stack.pop(); guarded !== undefined; guarded = stack.pop()) {
      if (guarded) return { to: index, kind: "error", value };
    }
    return this.die(index, "error", value);
  }

  private die(index: number, kind: Delivery["kind"], value: unknown): Delivery {
    const actor = this.actor(index);
    if (index === 0) throw new Error("main ended");
    actor.status = "dead";
    return this.pass(actor.parent, kind, value);
  }
}
