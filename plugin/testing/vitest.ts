/**
 * greenlets-plugin/vitest — imported in a test file or a setup file: the matchers, the serializer, and `test` in a greenlet.
 *
 *   test("answers", () => { expect(ask("?")).toBe("!"); });   // ask may wait, no async
 */
import { run } from "greenlets/green";
import { expect, Snapshots, test as vitestTest, type TestAPI, type TestContext } from "vitest";
import type { GreenletMatchers } from "./extend.ts";
import { compiledOf, toMapTo, toStayPlain, toSwitchAt } from "./matchers.ts";
import { Outline, serializer } from "./serializer.ts";
import { leftBehind, living, startFor, watchGreenlets } from "./watch.ts";

watchGreenlets();
expect.addSnapshotSerializer(serializer);
expect.extend({
  toMapTo,
  toStayPlain,
  toSwitchAt,
  toMatchGreenletSnapshot(received: unknown, hint?: string) {
    return Snapshots.toMatchSnapshot.call(this, new Outline(compiledOf(received)), hint as never);
  },
});

declare module "vitest" {
  // The type parameters have to be Vitest's own, the unused one as well.
  interface Matchers<R extends void | Promise<void> = void | Promise<void>, T = unknown> extends GreenletMatchers<R> {}
}

type Body = (context: TestContext) => unknown;
type GreenletTest = (name: string, body: Body, timeout?: number) => void;

/** A test whose body runs in a greenlet of its own. It fails if it leaves greenlets behind that have not ended. */
const inGreenlet =
  (declare: TestAPI["only"] | TestAPI): GreenletTest =>
  (name, body, timeout) =>
    void declare(name, (context: TestContext) => runWatched(body, context), timeout);

export const test: GreenletTest & { only: GreenletTest; skip: GreenletTest } = Object.assign(inGreenlet(vitestTest), {
  only: inGreenlet(vitestTest.only),
  skip: inGreenlet(vitestTest.skip),
});

export const it: typeof test = test;

async function runWatched(body: Body, context: TestContext): Promise<void> {
  const before = living();
  await startFor(context, () => run(body, context));
  const left = leftBehind(context, before);
  if (left.length > 0)
    throw new Error(
      `The test left ${left.length === 1 ? "a greenlet" : `${left.length} greenlets`} parked:\n${left.join("\n")}`,
    );
}
