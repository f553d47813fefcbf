/** A place in at most one {@link List}; whoever waits, sleeps or listens is one. */
export class Entry {
  /** @internal */ list: List | null = null;
  /** @internal */ before: Entry | null = null;
  /** @internal */ after: Entry | null = null;
  /** @internal When it was appended: grows along the list. */ serial = 0;

  /** Leaves its list; nothing happens when it is in none. */
  leave(): void {
    this.list?.remove(this);
  }
}

/**
 * Entries in the order of arrival; each knows its neighbours, so that leaving costs the same anywhere.
 *
 *     first ⇄ entry ⇄ entry ⇄ last
 */
export class List<E extends Entry = Entry> {
  declare first: E | null;
  declare last: E | null;
  /** The serial of the latest arrival. */
  declare serial: number;

  constructor() {
    this.first = this.last = null;
    this.serial = 0;
  }

  get empty(): boolean {
    return this.first === null;
  }

  push(entry: E): void {
    entry.list = this;
    entry.serial = ++this.serial;
    entry.before = this.last;
    if (this.last === null) this.first = entry;
    else this.last.after = entry;
    this.last = entry;
  }

  remove(entry: Entry): void {
    const { before, after } = entry;
    if (before === null) this.first = after as E | null;
    else before.after = after;
    if (after === null) this.last = before as E | null;
    else after.before = before;
    entry.list = entry.before = entry.after = null;
  }

  /** Takes the first entry out; null when there is none. */
  shift(): E | null {
    const first = this.first;
    if (first !== null) this.remove(first);
    return first;
  }

  *[Symbol.iterator](): Generator<E, void, undefined> {
    for (let entry: Entry | null = this.first; entry !== null; entry = entry.after) yield entry as E;
  }
}
