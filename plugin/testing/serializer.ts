import { Compiled } from "./compiled.ts";

/** `expect.addSnapshotSerializer(serializer)`, in Vitest and in Jest: snapshots show the text form. */
export const serializer: { test(value: unknown): boolean; serialize(value: unknown): string } = {
  test: (value) => value instanceof Compiled,
  serialize: String,
};

/** `t.assert.snapshot(result, { serializers: [serialize] })`, in node:test. */
export function serialize(value: unknown): string {
  return String(value);
}
