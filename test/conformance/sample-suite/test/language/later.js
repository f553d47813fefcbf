/*---
description: asynchronous
flags: [async]
---*/
Promise.resolve(1).then((value) => assert.sameValue(value, 1)).then($DONE, $DONE);
