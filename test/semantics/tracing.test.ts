import { afterEach, describe, expect, test } from "vitest";
import { getCurrent, getTrace, Greenlet, type GreenletError, setTrace } from "../../runtime/core/index.ts";
import { load, MODES } from "./load.ts";

afterEach(() => void setTrace(null));

test("G86: a tracer that switches gets an error; not caught, it is the tracer's own, so tracing ends", () => {
  const other = new Greenlet(() => "other");
  const codes: unknown[] = [];
  setTrace(() => {
    try {
      other.switch();
    } catch (error) {
      codes.push((error as GreenletError).code);
    }
  });
  expect(new Greenlet(() => "fine").switch()).toBe("fine");
  expect(codes).toEqual(["tracing", "tracing"]);

  setTrace(() => void other.switch());
  expect(() => new Greenlet(() => "never").switch()).toThrow("A tracer must not switch.");
  expect(getTrace()).toBe(null);
  expect(other.started).toBe(false);
});

test("during an event the target is current", () => {
  const seen: boolean[] = [];
  setTrace((_event, _origin, target) => void seen.push(getCurrent() === target));
  new Greenlet(() => 1).switch();
  expect(seen).toEqual([true, true]);
});

describe.each(MODES)("stress: $stress", (mode) => {
  test("a tracer that throws while an error is in flight replaces it", async () => {
    const { program } = await load<{ program(): unknown[] }>(
      `export function program() {
        const log = [];
        const greenlet = new Greenlet(() => { try { getCurrent().parent.switch(); } catch (error) { log.push(error.message); } });
        greenlet.switch();
        setTrace((event) => { log.push(event); throw new RangeError("tracer"); });
        greenlet.throw(new Error("in flight"));
        log.push(getTrace(), greenlet.dead);
        return log;
      }`,
      mode,
    );
    expect(program()).toEqual(["throw", "tracer", null, true]);
  });

  test("a tracer set inside a greenlet is told of the next transfer", async () => {
    const { program } = await load<{ program(): unknown[] }>(
      `export function program() {
        const log = [];
        const greenlet = new Greenlet(() => { setTrace((event) => log.push(event)); getCurrent().parent.switch("out"); });
        log.push(greenlet.switch());
        setTrace(null);
        greenlet.switch();
        return log;
      }`,
      mode,
    );
    expect(program()).toEqual(["switch", "out"]);
  });
});
