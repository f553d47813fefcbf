// The compiler knows by name which part of the runtime has what: that must be what the parts really add.
import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { PARTS, partsWith } from "../../runtime/parts.ts";

/** What a program prints that Node runs against the built package. */
const run = (program: string): unknown =>
  JSON.parse(
    execFileSync(process.execPath, ["--allow-natives-syntax", "--input-type=module", "-e", program], {
      cwd: import.meta.dirname,
      encoding: "utf8",
    }),
  );

test.each(Object.entries(PARTS))("greenlets/%s adds what the compiler imports it for", (part, names) => {
  const added = run(`import { $ } from "greenlets/internal";
    // Parts that this one needs.
    if ("${part}" === "builtins") await Promise.all([import("greenlets/iteration"), import("greenlets/language")]);
    const before = new Set(Object.keys($));
    await import("greenlets/${part}");
    console.log(JSON.stringify(Object.keys($).filter((name) => !before.has(name))));`);
  expect((added as string[]).toSorted()).toEqual(names.toSorted());
  for (const name of names) expect(partsWith(new Set([name]))).toEqual([part]);
});

test("with all parts, `$` is still an object whose properties V8 takes for constants", () => {
  const imports = Object.keys(PARTS).map((part) => `import "greenlets/${part}";`);
  expect(
    run(
      `import { $ } from "greenlets/internal"; ${imports.join("")} console.log(%HasFastProperties($) && Object.values(Object.getOwnPropertyDescriptors($)).every(({ value }) => value !== undefined));`,
    ),
  ).toBe(true);
});

test("a second copy of a part adds nothing", () => {
  const same = run(`import { $ } from "greenlets/internal"; import "greenlets/iteration";
    const { advance, take } = $;
    await import(import.meta.resolve("greenlets/iteration").replace("iteration.js", "shared-install.js") + "?second");
    console.log(JSON.stringify([$.advance === advance, $.take === take]));`);
  expect(same).toEqual([true, true]);
});
