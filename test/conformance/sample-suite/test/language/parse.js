/*---
description: the parser's business
negative:
  phase: parse
  type: SyntaxError
---*/
let let = 1;
