/*---
description: does not count, since in a function it declares no global
flags: [noStrict]
---*/
var declared = 1;
assert.sameValue(globalThis.declared, 1);
