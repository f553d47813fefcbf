import type { Reporter, TestModule } from "vitest/node";

/** The last line of every test run, for people and for machines: `N passed, N failed`. */
export default class Tally implements Reporter {
  onTestRunEnd(modules: ReadonlyArray<TestModule>, unhandledErrors: ReadonlyArray<unknown>): void {
    let passed = 0;
    let failed = unhandledErrors.length;
    for (const module of modules) {
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === "passed") passed++;
        if (state === "failed") failed++;
      }
      // A file that could not be loaded has errors but no tests.
      if (module.errors().length > 0) failed++;
    }
    console.log(`${passed} passed, ${failed} failed`);
  }
}
