function assert(condition, message) {
  if (condition !== true) throw new Test262Error(message);
}
assert.sameValue = function (actual, expected) {
  assert(Object.is(actual, expected), "expected " + String(expected) + ", got " + String(actual));
};
