/*---
description: a module
flags: [module]
---*/
import { one } from "./module_FIXTURE.js";
assert.sameValue(one(), 1);
