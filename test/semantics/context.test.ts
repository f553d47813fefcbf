import { AsyncLocalStorage } from "node:async_hooks";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type AnyGreenlet, Context, getCurrent, Greenlet, keepContexts } from "../../runtime/core/index.ts";
import { load, MODES } from "./load.ts";

const store = new AsyncLocalStorage<number>();

beforeEach(() => keepContexts());
afterEach(() => keepContexts(false));

type Ids = (
  store: AsyncLocalStorage<number>,
  place: (greenlets: AnyGreenlet[]) => void,
) => { seen: unknown[]; counts: Record<string, number> };

describe.each(MODES)("stress: $stress", (mode) => {
  /** Four greenlets: each notes what it inherits, sets its own number, and counts its number twice, switching in between. */
  const loadIds = () =>
    load<{ program: Ids }>(
      `export function program(store, place) {
        const seen = [], counts = {};
        const root = getCurrent();
        const count = () => { const id = store.getStore() ?? 0; counts[id] = (counts[id] ?? 0) + 1; };
        const greenlets = [1, 2, 3, 4].map((id) => new Greenlet(() => {
          seen.push(store.getStore() ?? "none");
          store.enterWith(id);
          count(); root.switch(); count(); root.switch();
        }));
        place(greenlets);
        for (let round = 0; round < 3; round++) for (const greenlet of greenlets) greenlet.switch();
        return { seen, counts };
      }`,
      mode,
    );

  test("G76: inherited: each greenlet has the values of its creator, and its own afterwards", async () => {
    const { program } = await loadIds();
    const { seen, counts } = store.run(0, () => program(store, () => {}));
    expect(seen).toEqual([0, 0, 0, 0]);
    expect(counts).toEqual({ 1: 2, 2: 2, 3: 2, 4: 2 });
  });

  test("G76: empty: a greenlet sees none of the values of its creator", async () => {
    const { program } = await loadIds();
    const { seen, counts } = store.run(9, () =>
      program(store, (greenlets) => greenlets.forEach((greenlet) => (greenlet.context = null))),
    );
    expect(seen).toEqual(["none", "none", "none", "none"]);
    expect(counts).toEqual({ 1: 2, 2: 2, 3: 2, 4: 2 });
  });

  test("G76: shared: each sees what the one before it set", async () => {
    const { program } = await loadIds();
    const shared = store.run(0, () => Context.current());
    const { seen, counts } = program(store, (greenlets) =>
      greenlets.forEach((greenlet) => (greenlet.context = shared)),
    );
    expect(seen).toEqual([0, 1, 2, 3]);
    expect(counts).toEqual({ 1: 1, 2: 1, 3: 1, 4: 5 });
  });

  test("values entered in a greenlet stay in it, whoever resumes it, and main keeps its own", async () => {
    const { program } = await load<{ program(store: AsyncLocalStorage<number>): unknown[] }>(
      `export function program(store) {
        const log = [];
        const greenlet = new Greenlet(() => { store.enterWith(1); getCurrent().parent.switch(); log.push(store.getStore()); throw new Error("end"); });
        greenlet.switch();
        log.push(store.getStore());
        try { store.run(2, () => greenlet.switch()); } catch { log.push("caught"); }
        log.push(store.getStore());
        return log;
      }`,
      mode,
    );
    expect(store.run(0, () => program(store))).toEqual([0, 1, "caught", 0]);
  });
});

test("a context that was given while the greenlet runs counts when it is resumed", async () => {
  const { program } = await load<{ program(store: AsyncLocalStorage<number>, context: Context): unknown[] }>(
    `export function program(store, context) {
      const log = [];
      const greenlet = new Greenlet(() => { getCurrent().context = context; log.push(store.getStore()); getCurrent().parent.switch(); log.push(store.getStore()); });
      greenlet.switch();
      greenlet.switch();
      return log;
    }`,
  );
  const seven = store.run(7, () => Context.current());
  expect(program(store, seven)).toEqual([undefined, 7]);
});

test("a greenlet made while contexts were not kept gets its first one when it is first resumed", () => {
  keepContexts(false);
  const greenlet = new Greenlet(() => store.getStore());
  expect(greenlet.context).toBe(undefined);
  keepContexts();
  expect(store.run(5, () => greenlet.switch())).toBe(5);
});

test("only a Context or null can be a context", () => {
  const greenlet = new Greenlet(() => 1);
  expect(() => (greenlet.context = {} as never)).toThrow(TypeError);
  expect(getCurrent().parent).toBe(null);
});
