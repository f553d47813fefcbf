// The smoke suite: one program, run by every kind of consumer. It gets what "greenlets" exports, imports nothing, and
// returns a line per check.

export function smoke({ getCurrent, Greenlet, GreenletExit }: typeof import("greenlets"), depth = 5000): string[] {
  const main = getCurrent();
  const lines: string[] = [];
  const check = (name: string, actual: unknown, expected: unknown) => {
    lines.push(`${JSON.stringify(actual) === JSON.stringify(expected) ? "ok" : "FAILED"} ${name}`);
  };

  const echo = new Greenlet<unknown[]>((...values) => [values, main.switch("paused")]);
  check("start", echo.switch(1, 2), "paused");
  check("resume", echo.switch("sent"), [[1, 2], "sent"]);

  const nest = (depth: number): number => (depth === 0 ? (main.switch("bottom") as number) : nest(depth - 1) + 1);
  const deep = new Greenlet<number[]>(nest);
  check("thousands of frames down", deep.switch(depth), "bottom");
  check("and up", deep.switch(0), depth);

  let outermost = main;
  for (let index = 0; index < 10_000; index++) outermost = new Greenlet((n: unknown) => (n as number) + 1, outermost);
  check("ten thousand parents", outermost.switch(0), 10_000);

  const events: string[] = [];
  const guarded = new Greenlet(() => {
    try {
      main.switch();
    } catch (error) {
      events.push(`caught ${(error as Error).message}`);
      main.switch();
    } finally {
      events.push("finally");
    }
  });
  guarded.switch();
  guarded.throw(new RangeError("thrown"));
  check("an exit is a value", guarded.throw() instanceof GreenletExit, true);
  check("handlers", events, ["caught thrown", "finally"]);

  const foreign = new Greenlet(() => Reflect.ownKeys(new Proxy({}, { ownKeys: () => main.switch() as string[] })));
  try {
    foreign.switch();
  } catch (error) {
    check("a foreign frame", (error as { code?: string }).code, "foreign-frame");
  }

  const left = new Greenlet(() => {
    for (let n = 0; n < 1000; n++) right.switch();
    return "left is done";
  });
  const right: InstanceType<typeof Greenlet> = new Greenlet(() => {
    for (;;) left.switch();
  });
  check("two thousand switches", left.switch(), "left is done");
  right.close();
  check("closed", [right.dead, getCurrent() === main], [true, true]);
  return lines;
}
