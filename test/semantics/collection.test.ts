import { afterEach, expect, test, vi } from "vitest";
import { type AnyGreenlet, getCurrent, Greenlet, GreenletExit } from "../../runtime/core/index.ts";
import { finalise, heapUsed, isCollected } from "./garbage.ts";
import { load } from "./load.ts";

afterEach(() => vi.restoreAllMocks());

test("G64: pending and dead greenlets are collected, and nothing is thrown into them", async () => {
  let runs = 0;
  const pending = new WeakRef(new Greenlet(() => runs++));
  const dead = new WeakRef(
    (() => {
      const greenlet = new Greenlet(() => "done");
      greenlet.switch();
      return greenlet;
    })(),
  );
  expect(await isCollected(pending)).toBe(true);
  expect(await isCollected(dead)).toBe(true);
  expect(runs).toBe(0);
});

test("G65: a greenlet that refers to itself is collected, pending or dead", async () => {
  const make = (start: boolean): WeakRef<AnyGreenlet> => {
    const greenlet: AnyGreenlet & { self?: unknown } = new Greenlet<unknown[]>(() => greenlet.state);
    greenlet.self = greenlet;
    if (start) greenlet.switch();
    return new WeakRef<AnyGreenlet>(greenlet);
  };
  expect(await isCollected(make(false))).toBe(true);
  expect(await isCollected(make(true))).toBe(true);
});

test("G66, G67: a suspended greenlet in a cycle with what its frames hold is collected with it", async () => {
  const { program } = await load<{ program(): { greenlet: AnyGreenlet; held: object } }>(
    `export function program() {
      const held = { big: new Array(1000).fill(0), greenlet: null };
      const greenlet = new Greenlet((object) => { getCurrent().parent.switch(); return object; });
      held.greenlet = greenlet;
      greenlet.switch(held);
      return { greenlet, held };
    }`,
  );
  const references = (() => {
    const { greenlet, held } = program();
    expect(greenlet.state).toBe("suspended");
    return [new WeakRef<object>(greenlet), new WeakRef(held)];
  })();
  for (const reference of references) expect(await isCollected(reference)).toBe(true);
});

test("G63: the value of a switch survives although its sender dropped the last reference to itself", async () => {
  const { program } = await load<{ program(): unknown[] }>(
    `export function program() {
      const log = [];
      let worker = new Greenlet(() => { try { const { parent } = getCurrent(); worker = null; parent.switch(42); } finally { log.push("finally"); } });
      log.push(worker.switch());
      return log;
    }`,
  );
  expect(program()).toEqual([42]);
  await finalise();
});

test("a value that is no longer live is not kept by a suspended greenlet", async () => {
  const { program } = await load<{ program(value: object): AnyGreenlet }>(
    `export function program(value) {
      const greenlet = new Greenlet((object) => { const size = Object.keys(object).length; getCurrent().parent.switch(); return size; });
      greenlet.switch(value);
      return greenlet;
    }`,
  );
  const [greenlet, reference] = (() => {
    const value = { a: 1, b: 2 };
    return [program(value), new WeakRef(value)] as const;
  })();
  expect(await isCollected(reference)).toBe(true);
  expect(greenlet.switch()).toBe(2);
});

test("G69, G101: making, parking and finishing greenlets by the thousand leaves the heap as it was", async () => {
  const { program } = await load<{ program(count: number): number }>(
    `export function program(count) {
      let sum = 0;
      for (let i = 0; i < count; i++) {
        const greenlet = new Greenlet((value) => value + getCurrent().parent.switch(value));
        sum += greenlet.switch(i);
        if (i % 3 === 0) greenlet.close();
        else sum += greenlet.switch(i);
      }
      return sum;
    }`,
  );
  program(1000);
  const before = heapUsed();
  program(50_000);
  expect(heapUsed() - before).toBeLessThan(1_000_000);
});

test("a parked greenlet with three frames takes at most 300 bytes of heap, and a hundred thousand of them finish", async () => {
  const { park, finish } = await load<{ park(count: number): AnyGreenlet[]; finish(greenlets: AnyGreenlet[]): number }>(
    `const root = getCurrent();
    function leaf(x) { const y = root.switch(); return x + y; }
    function middle(x) { return leaf(x + 1) + x; }
    function top(x) { return middle(x + 1) + x; }
    export function park(count) {
      const greenlets = new Array(count);
      for (let i = 0; i < count; i++) { const greenlet = new Greenlet(top); greenlets[i] = greenlet; greenlet.switch(1); }
      return greenlets;
    }
    export function finish(greenlets) {
      let sum = 0;
      for (const greenlet of greenlets) sum += greenlet.switch(1);
      return sum;
    }`,
  );
  finish(park(100));
  const before = heapUsed();
  const greenlets = park(100_000);
  const pointer = 8;
  expect((heapUsed() - before) / greenlets.length - pointer).toBeLessThanOrEqual(300);
  expect(finish(greenlets)).toBe(7 * greenlets.length);
});

test("development builds warn, once, of a greenlet that is collected while it waits inside a try", async () => {
  const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
  const { program } = await load<{ program(): void }>(
    `export function program() {
      for (let i = 0; i < 20; i++) {
        const greenlet = new Greenlet(() => { try { getCurrent().parent.switch(); } finally { globalThis.ran = true; } });
        greenlet.switch();
      }
      for (let i = 0; i < 20; i++) new Greenlet(() => { getCurrent().parent.switch(); }).switch();
    }`,
    { dev: true },
  );
  program();
  for (let round = 0; round < 20 && warn.mock.calls.length === 0; round++) await finalise();
  await finalise();
  expect(warn.mock.calls).toEqual([
    [
      "<Greenlet suspended active started> was collected while it was suspended inside a try: its catch and finally never ran. Use close() or `using`.",
    ],
  ]);
  expect("ran" in globalThis).toBe(false);
});

test("a killed greenlet that stays alive can be resumed, and keeps its identity", () => {
  const greenlet = new Greenlet(() => "never");
  expect(greenlet.throw()).toBeInstanceOf(GreenletExit);
  expect(greenlet.parent).toBe(getCurrent());
});
