import assert from "node:assert/strict";

/** `assert.throws` for a call that may wait: node:assert is not compiled, so nothing may switch below it. */
export function throws(call: () => unknown, expected: assert.AssertPredicate): void {
  let thrown: { error: unknown } | undefined;
  try {
    call();
  } catch (error) {
    thrown = { error };
  }
  assert.throws(() => {
    if (thrown) throw thrown.error;
  }, expected);
}
