/** greenlets-plugin/testing — for tests that look at what the compile step makes of a program. Works with any test runner. */
export { compile, Compiled, type CompileOptions, type Diagnostic } from "./compiled.ts";
export { extend, type Extensible, type GreenletMatchers } from "./extend.ts";
export type { Fixture, FixtureOptions } from "./fixtures/cases.ts";
export { fixtures, type FixtureRunner, type FixturesOptions } from "./fixtures/declare.ts";
export { FixtureError } from "./fixtures/fixture-error.ts";
export type { ThreadOptions } from "./fixtures/threads.ts";
export type { SuspensionPoint, SwitchingFunction } from "./functions.ts";
export { toMapTo, toStayPlain, toSwitchAt, type Verdict } from "./matchers.ts";
export { serialize, serializer } from "./serializer.ts";
