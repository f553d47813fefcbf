/*---
description: has to throw
negative:
  phase: runtime
  type: RangeError
---*/
throw new RangeError();
