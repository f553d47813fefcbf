// Every example runs as the README says, on real input.
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { greenlets, root } from "./command.ts";

/** What a program prints; it must print the same when every suspension point suspends. */
function run(...args: string[]): string {
  const plain = greenlets(["run", ...args]);
  expect(plain).toMatchObject({ stderr: "", code: 0 });
  expect(greenlets(["run", "--stress", ...args])).toEqual(plain);
  return plain.stdout;
}

test("tasks hand control to each other in the middle of their work", () => {
  expect(run("examples/tasks.ts")).toBe("Task 1 - Part 1\nTask 2 - Part 1\nTask 1 - Part 2\n");
});

test("numbers are printed in the order of the switches", () => {
  expect(run("examples/numbers.ts").split(/\s+/).filter(Boolean)).toEqual(["12", "56", "34"]);
});

test("same-fringe compares trees leaf by leaf", () => {
  expect(run("examples/same-fringe.ts")).toBe("true\nfalse\nfalse\ntrue\n");
});

describe("sax: a callback parser becomes an iterator", () => {
  const folder = mkdtempSync(join(tmpdir(), "greenlets-sax-"));
  const file = join(folder, "catalogue.xml");
  const books = 20_000;

  beforeAll(() => {
    const book = (n: number): string =>
      `<book id="${n}" lang="en"><title>Tools &amp; tales ${n}</title><!-- ${n} --><price>${n % 100}</price><note text="&lt;${n}&gt;"/><body>${"word ".repeat(20)}</body></book>\n`;
    writeFileSync(
      file,
      `<?xml version="1.0"?>\n<catalogue>\n${Array.from({ length: books }, (_, n) => book(n)).join("")}</catalogue>\n`,
    );
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test("reads a file of some megabytes to its end", () => {
    const bytes = statSync(file).size;
    expect(bytes).toBeGreaterThan(4e6);
    const total = Array.from({ length: books }, (_, n) => n % 100).reduce((sum, price) => sum + price, 0);
    expect(greenlets(["run", "examples/sax.ts", file])).toEqual({
      stdout: `closed\n${JSON.stringify({ books, total, bytesRead: bytes })}\n`,
      stderr: "",
      code: 0,
    });
  });

  test("reads no further than it is asked to, and closes the file", () => {
    const [closed, result] = run("examples/sax.ts", file, "3").trimEnd().split("\n");
    expect(closed).toBe("closed");
    expect(JSON.parse(result!)).toEqual({ books: 3, total: 0 + 1 + 2, bytesRead: 64 * 1024 });
  });
});

describe("walk: a recursive walker hands out one entry at a time", () => {
  /** The same walk without a greenlet in sight: links are entries, not folders to enter. */
  function count(folder: string): { files: number; folders: number } {
    const total = { files: 0, folders: 0 };
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const inside = entry.isDirectory() ? count(join(folder, entry.name)) : { files: 1, folders: -1 };
      total.files += inside.files;
      total.folders += inside.folders + 1;
    }
    return total;
  }

  function walked(folder: string): { files: number; folders: number } {
    const { stdout, code } = greenlets(["run", "examples/walk.ts", folder]);
    expect(code).toBe(0);
    return JSON.parse(stdout) as { files: number; folders: number };
  }

  // Tools keep caches beside the packages, so only a package's own folder stands still while tests run.
  test.each(["@babel", "typescript", "caniuse-lite"])("visits all of %s", (name) => {
    const folder = join("node_modules", name);
    expect(walked(folder)).toMatchObject(count(join(root, folder)));
  });

  test("visits all of node_modules", () => {
    expect(walked("node_modules").files).toBeGreaterThan(5_000);
  });

  test("stops when nobody asks any more", () => {
    const { files, folders } = JSON.parse(run("examples/walk.ts", "node_modules", "100")) as {
      files: number;
      folders: number;
    };
    expect(files + folders).toBe(100);
  });
});
