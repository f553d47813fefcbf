/*---
description: passes everywhere
---*/
const add = (a, b) => a + b;
assert.sameValue(add(1, 1), 2);
