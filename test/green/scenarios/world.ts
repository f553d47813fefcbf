// A random world for the invariants: producers, consumers, locks, pools, kills and timeouts, all decided by one seed.
import { GreenletExit } from "greenlets";
import {
  BoundedSemaphore,
  Channel,
  Condition,
  Empty,
  Event,
  Full,
  Group,
  Pool,
  Queue,
  RLock,
  Semaphore,
  sleep,
  spawn,
  Timeout,
  withTimeout,
  type Green,
} from "greenlets/green";

/** Numbers from 0 to n - 1 that a seed decides. */
export type Random = (n: number) => number;

export function randomFrom(seed: number): Random {
  let state = Math.imul(seed, 2_654_435_761) >>> 0 || 1;
  return (n) => {
    state ^= state << 13;
    state >>>= 0;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state % n;
  };
}

function check(holds: boolean, invariant: string): void {
  if (!holds) throw new Error(`broken: ${invariant}`);
}

/** Waits a little, or not. */
function dawdle(random: Random): void {
  const choice = random(4);
  if (choice === 1) sleep(0);
  if (choice >= 2) sleep(random(5));
}

/** Kills some of `greens` at random moments. */
function assassin(random: Random, greens: Green<unknown>[]): Green {
  return spawn(() => {
    for (const green of greens) {
      dawdle(random);
      if (random(3) === 0) green.kill(undefined, { block: random(2) === 0 });
    }
  });
}

/** Whatever a killed or late greenlet throws is expected here; everything else is an error. */
function expected(error: unknown): void {
  if (error instanceof GreenletExit || error instanceof Timeout || error instanceof Empty || error instanceof Full)
    return;
  throw error;
}

/** Nothing is lost, nothing comes twice, and one producer's items arrive in their order. */
export function exchange(random: Random, exchange: Queue<string> | Channel<string>): void {
  const [sent, unsure, received] = [new Set<string>(), new Set<string>(), [] as string[]];
  const producers: Green<unknown>[] = [];
  for (let p = 0; p < 3; p++) {
    producers.push(
      spawn(() => {
        for (let i = 0; i < 4; i++) {
          dawdle(random);
          const item = `${p}:${i}`;
          try {
            unsure.add(item);
            exchange.put(item, random(3) === 0 ? random(6) : undefined);
            sent.add(item);
          } catch (error) {
            if (error instanceof GreenletExit) throw error;
            expected(error);
            unsure.delete(item);
          }
        }
      }),
    );
  }
  const consumers: Green<unknown>[] = [];
  for (let c = 0; c < 3; c++) {
    consumers.push(
      spawn(() => {
        for (;;) {
          try {
            received.push(exchange.get(random(3) === 0 ? random(6) : undefined));
          } catch (error) {
            if (!(error instanceof Empty)) throw error;
          }
          dawdle(random);
        }
      }),
    );
  }
  const killers = [assassin(random, producers), assassin(random, consumers.slice(1))];
  for (const green of [...producers, ...killers]) green.join();
  // The last consumer takes what is left, then nobody waits for anything any more.
  sleep(1000);
  for (const consumer of consumers) consumer.kill();
  for (const green of [...producers, ...consumers, ...killers]) if (green.failure !== undefined) throw green.failure;
  check(new Set(received).size === received.length, "nothing comes twice");
  for (const item of sent) check(received.includes(item), `${item} is not lost`);
  for (const item of received) check(sent.has(item) || unsure.has(item), `${item} was put`);
  inOrder(received);
}

/** What one producer put comes in its order: getters take items in turn, and note them before anybody else runs. */
function inOrder(received: string[]): void {
  for (const producer of ["0", "1", "2"]) {
    const own = received.filter((item) => item.startsWith(producer));
    check(own.join() === own.toSorted().join(), `items of ${producer} come in their order, not ${own.join()}`);
  }
}

/** Nobody is in a critical section with somebody else, and every slot comes back. */
export function locks(random: Random): void {
  const slots = 1 + random(3);
  const semaphore = random(2) === 0 ? new Semaphore(slots) : new BoundedSemaphore(slots);
  const lock = new RLock();
  let inside = 0;
  const users: Green<unknown>[] = [];
  for (let i = 0; i < 6; i++) {
    users.push(
      spawn(() => {
        dawdle(random);
        if (!semaphore.acquire(random(2) === 0 ? random(8) : undefined)) return;
        try {
          inside++;
          check(inside <= slots, "no more greenlets inside than slots");
          lock.with(() => lock.with(() => dawdle(random)));
          dawdle(random);
        } finally {
          inside--;
          semaphore.release();
        }
      }),
    );
  }
  const killer = assassin(random, users.slice(0, 3));
  for (const user of users) user.join();
  killer.join();
  check(semaphore.count === slots && !lock.locked, "all slots come back");
  for (const user of users) check(user.failure === undefined, String(user.failure));
}

/** Waiters of a semaphore get their slots in the order of arrival. */
export function fairness(random: Random): void {
  const semaphore = new Semaphore(0);
  const order: number[] = [];
  for (let i = 0; i < 5; i++) {
    spawn(() => {
      sleep(i + 1);
      semaphore.acquire();
      order.push(i);
    });
  }
  sleep(10);
  for (let i = 0; i < 5; i++) {
    semaphore.release();
    if (random(2) === 0) sleep(0);
  }
  sleep(10);
  check(order.join() === "0,1,2,3,4", `in the order of arrival, not ${order.join()}`);
}

/** A pool never has more members than its size; every job ends or is killed; every slot comes back. */
export function pools(random: Random): void {
  const size = 1 + random(3);
  const pool = new Pool(size);
  let running = 0;
  const jobs: Green<unknown>[] = [];
  for (let i = 0; i < 8; i++) {
    try {
      withTimeout(random(3) === 0 ? 1 + random(3) : null, () => {
        jobs.push(
          pool.spawn(() => {
            running++;
            check(running <= size, "no more members than the size");
            try {
              dawdle(random);
            } finally {
              running--;
            }
          }),
        );
      });
    } catch (error) {
      expected(error);
    }
  }
  const killer = assassin(random, jobs);
  killer.join();
  check(pool.join(), "the pool empties");
  check(pool.free === size, "all slots come back");
  for (const job of jobs) check(job.ready() && job.failure === undefined, "every job ends");
}

/** Everybody who waits for an event or a condition wakes, unless it was killed. */
export function signals(random: Random): void {
  const event = new Event();
  const condition = new Condition();
  let permits = 0;
  const waiters: Green<unknown>[] = [];
  const takers: Green<unknown>[] = [];
  for (let i = 0; i < 4; i++) {
    waiters.push(spawn(() => event.wait()));
    takers.push(
      spawn(() =>
        condition.with(() => {
          condition.waitFor(() => permits > 0);
          permits--;
        }),
      ),
    );
  }
  sleep(1);
  const killer = assassin(random, [...waiters.slice(0, 2), ...takers.slice(0, 2)]);
  event.set();
  event.clear();
  for (let i = 0; i < 4; i++) {
    dawdle(random);
    condition.with(() => (permits++, condition.notify()));
  }
  killer.join();
  for (const waiter of waiters) check(waiter.join(1000), "everybody who waited for the event wakes");
  for (const taker of takers) check(taker.join(1000), "no notification is lost");
}

/** Killed groups are empty, whatever their members do. */
export function groups(random: Random): void {
  const group = new Group();
  for (let i = 0; i < 5; i++) group.spawn(() => dawdle(random));
  dawdle(random);
  group.kill();
  check(group.size === 0, "a killed group is empty");
}

/** One of the worlds. */
export function world(seed: number): void {
  const random = randomFrom(seed);
  const worlds = [
    () => exchange(random, new Queue<string>(1 + random(3))),
    () => exchange(random, new Queue<string>()),
    () => exchange(random, new Channel<string>()),
    () => locks(random),
    () => fairness(random),
    () => pools(random),
    () => signals(random),
    () => groups(random),
  ];
  worlds[seed % worlds.length]!();
}

/** What can be acquired and released. */
interface Slots {
  acquire(): boolean;
  release(): void;
}

/** A semaphore that wakes one waiter per slot, and forgets that a waiter may be killed on its way: then the wake-up is lost. */
export class ForgetfulSemaphore implements Slots {
  count = 0;
  readonly waiting: Event[] = [];

  acquire(): boolean {
    while (this.count === 0) {
      const event = new Event();
      this.waiting.push(event);
      event.wait();
    }
    this.count--;
    return true;
  }

  release(): void {
    this.count++;
    this.waiting.shift()?.set();
  }
}

/** Two takers and one slot; the first taker may be killed. The second must get the slot. */
export function twoTakers(slots: Slots): void {
  const [first, second] = [spawn(() => slots.acquire()), spawn(() => slots.acquire())];
  sleep(1);
  const others = [spawn(() => slots.release()), spawn(() => first.kill(undefined, { block: false }))];
  for (const green of [...others, first]) green.join();
  if (first.value === true) slots.release();
  second.join();
}
