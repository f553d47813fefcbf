/** A suite of seven tests in the form of test262, written to a folder for the test of the runner. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const files: Readonly<Record<string, string>> = {
  "harness/assert.js": `function assert(condition, message) {
  if (condition !== true) throw new Test262Error(message);
}
assert.sameValue = function (actual, expected) {
  assert(Object.is(actual, expected), "expected " + String(expected) + ", got " + String(actual));
};
`,
  "harness/doneprintHandle.js": `function $DONE(error) {
  print(error ? "Test262:AsyncTestFailure:" + String(error.message) : "Test262:AsyncTestComplete");
}
`,
  "harness/sta.js": `function Test262Error(message) {
  this.message = message;
}
`,
  "test/language/global.js": `/*---
description: does not count, since in a function it declares no global
flags: [noStrict]
---*/
var declared = 1;
assert.sameValue(globalThis.declared, 1);
`,
  "test/language/later.js": `/*---
description: asynchronous
flags: [async]
---*/
Promise.resolve(1).then((value) => assert.sameValue(value, 1)).then($DONE, $DONE);
`,
  "test/language/module.js": `/*---
description: a module
flags: [module]
---*/
import { one } from "./module_FIXTURE.js";
assert.sameValue(one(), 1);
`,
  "test/language/module_FIXTURE.js": `export const one = () => 1;
`,
  "test/language/order.js": `/*---
description: fails when a compiler reads \`left\` too late
flags: [onlyStrict]
---*/
let left = 1;
const change = () => (left = 10);
assert.sameValue(left + change(), 11);
`,
  "test/language/parse.js": `/*---
description: the parser's business
negative:
  phase: parse
  type: SyntaxError
---*/
let let = 1;
`,
  "test/language/sum.js": `/*---
description: passes everywhere
---*/
const add = (a, b) => a + b;
assert.sameValue(add(1, 1), 2);
`,
  "test/language/thrown.js": `/*---
description: has to throw
negative:
  phase: runtime
  type: RangeError
---*/
throw new RangeError();
`,
};

export function writeSampleSuite(folder: string): void {
  for (const [path, text] of Object.entries(files)) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}
