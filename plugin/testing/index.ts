/** greenlets-plugin/testing — for tests that look at what the compile step makes of a program. Works with any test runner. */
export { compile, Compiled, type CompileOptions, type Diagnostic } from "./compiled.ts";
export type { SuspensionPoint, SwitchingFunction } from "./functions.ts";
export { toMapTo, toStayPlain, toSwitchAt, type Verdict } from "./matchers.ts";
export { serialize, serializer } from "./serializer.ts";
