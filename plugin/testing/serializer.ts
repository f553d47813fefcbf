import { Compiled } from "./compiled.ts";

/** What `toMatchGreenletSnapshot` shows of a file: the outline alone. */
export class Outline {
  readonly text: string;

  constructor({ outline }: Compiled) {
    this.text = outline;
  }

  toString(): string {
    return this.text;
  }
}

/** `expect.addSnapshotSerializer(serializer)`, in Vitest and in Jest: snapshots show the text form. */
export const serializer: { test(value: unknown): boolean; serialize(value: unknown): string } = {
  test: (value) => value instanceof Compiled || value instanceof Outline,
  serialize: String,
};

/** `t.assert.snapshot(result, { serializers: [serialize] })`, in node:test. */
export function serialize(value: unknown): string {
  return String(value);
}
