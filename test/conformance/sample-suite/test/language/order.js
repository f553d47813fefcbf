/*---
description: fails when a compiler reads `left` too late
flags: [onlyStrict]
---*/
let left = 1;
const change = () => (left = 10);
assert.sameValue(left + change(), 11);
