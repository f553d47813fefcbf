import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import { describe, expect, test } from "vitest";
import * as copy from "../../runtime/core/index.ts";
import { load } from "../semantics/load.ts";
import { CHROMIUM, runInChromium } from "./chromium.ts";
import { cjsSuite, esmSuite, writeConsumer } from "./consumers.ts";
import { OLDEST, OLDEST_VERSION } from "./oldest.ts";

/** A stress build needs more of the host's stack for each call. */
const print = (depth: number) => `console.log(smoke(greenlets, ${depth}).join("\\n"));`;

function isOk(output: string): void {
  const lines = output.trim().split("\n");
  expect(lines.filter((line) => !line.startsWith("ok "))).toEqual([]);
  expect(lines).toHaveLength(10);
}

describe.each([false, true])("stress: %s", (stress) => {
  test("an ES module runs the smoke suite", () => {
    const consumer = writeConsumer(
      "consumer.mjs",
      `import * as greenlets from "greenlets"; import { smoke } from ${JSON.stringify(pathToFileURL(esmSuite(stress)))}; ${print(stress ? 1500 : 5000)}`,
    );
    isOk(execFileSync(process.execPath, [consumer], { encoding: "utf8" }));
  });
});

test("a CommonJS module runs it", () => {
  const consumer = writeConsumer(
    "consumer.cjs",
    `const greenlets = require("greenlets"); const { smoke } = require(${JSON.stringify(cjsSuite())}); ${print(5000)}`,
  );
  isOk(execFileSync(process.execPath, [consumer], { encoding: "utf8" }));
});

test("a worker thread runs it, in a world of its own", async () => {
  const text = `import * as greenlets from "greenlets"; import { smoke } from ${JSON.stringify(pathToFileURL(esmSuite()))}; import { parentPort } from "node:worker_threads"; parentPort.postMessage(smoke(greenlets).join("\\n"));`;
  const worker = new Worker(writeConsumer("worker.mjs", text));
  const output = await new Promise<string>((resolve, reject) => worker.once("message", resolve).once("error", reject));
  isOk(output);
});

test("G70: the process ends with code 0 whatever is suspended, and exit handlers can use greenlets", () => {
  const code = `import { getCurrent, getTrace, Greenlet, setTrace } from "greenlets";
    const main = getCurrent();
    for (let i = 0; i < 50; i++) new Greenlet(() => main.switch()).switch();
    process.on("exit", () => { setTrace(null); console.log(new Greenlet(() => getTrace()).switch(), getCurrent() === main); });`;
  expect(execFileSync(process.execPath, [writeConsumer("exit.mjs", code)], { encoding: "utf8" })).toBe("null true\n");
});

test("two copies of the runtime are one: classes, current greenlet and switches", async () => {
  // This test's copy was loaded by the test runner; programs get another one from Node.
  const { program } = await load<{ program(greenlets: typeof copy, body: () => unknown): unknown[] }>(
    `export function program(other, body) {
      const greenlet = new other.Greenlet(() => [getCurrent().parent.switch("mixed"), body()]);
      return [Greenlet === other.Greenlet, getCurrent() === other.getCurrent(), greenlet.switch(), greenlet.switch("sent")];
    }`,
  );
  expect(program(copy, () => copy.getCurrent().state)).toEqual([true, true, "mixed", ["sent", "current"]]);
  const built = createRequire(import.meta.url)("greenlets") as typeof copy;
  expect(built.GreenletExit).toBe(copy.GreenletExit);
});

test("a copy with another ABI is refused when it is loaded, in one sentence that names both", () => {
  const text = `globalThis[Symbol.for("greenlets")] = { abi: 99 };
    await import("greenlets").catch((error) => console.log(error.code, error.message));`;
  const output = execFileSync(process.execPath, [writeConsumer("mismatch.mjs", text)], { encoding: "utf8" });
  expect(output).toMatch(/^abi-mismatch Two versions of greenlets meet \(ABI 99, ABI 1\): /);
});

// Neither another Node nor a browser is part of an installation.
if (existsSync(OLDEST)) {
  test.each([false, true])("Node 14 runs it, and knows the built-in versions; stress: %s", (stress) => {
    const consumer = writeConsumer(
      "oldest.mjs",
      `import * as greenlets from "greenlets"; import "greenlets/builtins"; import { smoke } from ${JSON.stringify(pathToFileURL(esmSuite(stress)))};
      if (process.versions.node !== "${OLDEST_VERSION}") throw new Error(process.versions.node); ${print(stress ? 1500 : 5000)}`,
    );
    isOk(execFileSync(OLDEST, [consumer], { encoding: "utf8" }));
  });
}

if (existsSync(CHROMIUM)) {
  test("Chromium runs it, and says that it has no contexts to keep", async () => {
    const [contexts, ...lines] = await runInChromium(esmSuite());
    isOk(lines.join("\n"));
    expect(contexts).toBe("There are no asynchronous contexts to keep here: this host has no AsyncLocalStorage.");
  });
}
