import { expect, test } from "vitest";
import { UNIQUE } from "../../runtime/builtins/names.ts";
import { natives } from "../../runtime/builtins/unique.ts";
import { load } from "../semantics/load.ts";

test("a name that only one built-in function has stands for that function", () => {
  expect(Object.keys(natives).toSorted()).toEqual([...UNIQUE].toSorted());
  expect(natives).toMatchObject({ split: String.prototype.split, take: Iterator.prototype.take });
});

test.each([{}, { stress: true }])(
  "methods that share a name with a built-in function are what they are (%o)",
  async (mode) => {
    const { program } = await load<{ program(): unknown }>(
      `const root = getCurrent();
    class Tree {
      #gets = 0;
      get search() { this.#gets++; return function (key, ...more) { return [this === tree, key, more.length, root.switch("search")]; }; }
      get gets() { return this.#gets; }
      split = String.prototype.split;
      toString() { return root.switch("text"); }
    }
    const tree = new Tree();
    export function program() {
      const log = [], dash = "-";
      const greenlet = new Greenlet(() => {
        log.push(tree.search("key"), tree.search("a", 1, 2, 3), tree.gets, tree.split(dash), "x-y".split(/-/));
        try { ({ search: 1 }).search(root); } catch (error) { log.push(error instanceof TypeError); }
      });
      for (let value = greenlet.switch(); !greenlet.dead; value = greenlet.switch(value === "text" ? "a-b" : "found"))
        log.push(value);
      return log;
    }`,
      mode,
    );
    expect(program()).toEqual([
      "search",
      "search",
      "text",
      [true, "key", 0, "found"],
      [true, "a", 3, "found"],
      2,
      ["a", "b"],
      ["x", "y"],
      true,
    ]);
  },
);
