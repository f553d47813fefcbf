/**
 * extend — the matchers and the serializer for an `expect` in the manner of Jest.
 *
 *   // greenlets.setup.js, named in Jest's `setupFilesAfterEnv`
 *   import { expect } from "@jest/globals";
 *   import { extend } from "greenlets-plugin/testing";
 *   extend(expect);
 */
import { compiledOf, toMapTo, toStayPlain, toSwitchAt, type Verdict } from "./matchers.ts";
import { Outline, serializer } from "./serializer.ts";

/** What an `expect` gains. `R` is what its matchers return. */
export interface GreenletMatchers<R = void> {
  /** The functions that may switch, with their suspension points and what they keep, as a snapshot; updated by the runner's `-u`. */
  toMatchGreenletSnapshot(hint?: string): R;
  /** No suspension point in the function of that name, or in the whole file. */
  toStayPlain(name?: string): R;
  /** A suspension point at `file.ts:line` or `file.ts:line:column`. */
  toSwitchAt(place: string): R;
  /** Every occurrence of a text in the output maps to `line:column` of the source. */
  toMapTo(pairs: readonly (readonly [text: string, place: string])[]): R;
}

/** Jest's `expect`, as far as it matters here. */
export interface Extensible {
  (value: unknown): { toMatchSnapshot(hint?: string): unknown };
  extend(matchers: Record<string, (this: never, received: unknown, ...expected: never[]) => Verdict>): void;
  addSnapshotSerializer(serializer: unknown): void;
}

/** Adds the matchers and the serializer. */
export function extend(expect: Extensible): void {
  expect.addSnapshotSerializer(serializer);
  expect.extend({
    toMapTo,
    toStayPlain,
    toSwitchAt,
    toMatchGreenletSnapshot(received: unknown, hint?: string): Verdict {
      const snapshot = expect(new Outline(compiledOf(received)));
      if (hint === undefined) snapshot.toMatchSnapshot();
      else snapshot.toMatchSnapshot(hint);
      return { pass: true, message: () => "A snapshot can't be refuted: toMatchGreenletSnapshot has no .not" };
    },
  });
}
