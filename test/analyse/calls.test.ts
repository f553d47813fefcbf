import { describe, it } from "vitest";
import { snippet } from "./claims.ts";

describe("direct calls", () => {
  it("a function that switches may switch, one that does not is plain", () => {
    const s = snippet("function a() { sw(); } function b() { return 1 + 1; }");
    s.maySwitch("a");
    s.plain("b");
    s.reason("a", "sw");
    s.points(["sw()"]);
  });
  it("callers of callers may switch, callees may not", () => {
    const s = snippet("function a() { b(); c(); } function b() { sw(); } function c() {}");
    s.maySwitch("a", "b");
    s.plain("c");
    s.reason("a", "b");
    s.points(["b()", "sw()"]);
  });
});
