/**
 * greenlets-plugin/vitest — imported in a test file or a setup file: the matchers, the serializer, and `test` in a greenlet.
 *
 *   test("answers", () => { expect(ask("?")).toBe("!"); });   // ask may wait, no async
 */
import { parked, run } from "greenlets/green";
import { expect, Snapshots, test as vitestTest, type TestAPI, type TestContext } from "vitest";
import * as matchers from "./matchers.ts";
import { serializer } from "./serializer.ts";

expect.addSnapshotSerializer(serializer);
expect.extend({
  ...matchers,
  toMatchGreenletSnapshot(received: unknown, hint?: string) {
    return Snapshots.toMatchSnapshot.call(this, received, hint as never);
  },
});

declare module "vitest" {
  // The type parameters have to be Vitest's own, the unused one as well.
  interface Matchers<R extends void | Promise<void> = void | Promise<void>, T = unknown> {
    /** The functions that may switch and the emitted code, as a snapshot; updated by `vitest -u`. */
    toMatchGreenletSnapshot(hint?: string): R;
    /** No suspension point in the function of that name, or in the whole file. */
    toStayPlain(name?: string): R;
    /** A suspension point at `file.ts:line` or `file.ts:line:column`. */
    toSwitchAt(place: string): R;
    /** Every occurrence of a text in the output maps to `line:column` of the source. */
    toMapTo(pairs: readonly (readonly [text: string, place: string])[]): R;
  }
}

type Body = (context: TestContext) => unknown;
type GreenletTest = (name: string, body: Body, timeout?: number) => void;

/** A test whose body runs in a greenlet of its own. It fails if it leaves greenlets parked that nobody else can find. */
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
  const before = new Set(parked().map(({ greenlet }) => greenlet));
  await run(body, context);
  const left = parked().filter(({ greenlet }) => !before.has(greenlet));
  if (left.length > 0)
    throw new Error(
      `The test left ${left.length === 1 ? "a greenlet" : `${left.length} greenlets`} parked:\n${left.map(({ greenlet, on }) => `  ${greenlet} waits for ${on}`).join("\n")}`,
    );
}
