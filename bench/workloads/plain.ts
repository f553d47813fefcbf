import { main as report, type Workloads } from "../harness.ts";
import * as shapes from "../shapes.ts";

// The floor: the same programs without any switching. W3 visits with a callback, W9 throws through ordinary frames.

function walk(node: shapes.Tree | null, visit: (value: number) => void): void {
  if (node === null) return;
  walk(node.left, visit);
  visit(node.value);
  walk(node.right, visit);
}

function fail(depth: number): number {
  if (depth === 0) throw new Error("deep");
  return fail(depth - 1) + 1;
}

function catchAll(n: number, depth: number): number {
  let caught = 0;
  for (let i = 0; i < n; i++) {
    try {
      fail(depth);
    } catch {
      caught++;
    }
  }
  return caught;
}

const workloads: Workloads = {
  W3(height) {
    const root = shapes.tree(height);
    return {
      operations: 2 ** height - 1,
      run() {
        let sum = 0;
        walk(root, (value) => (sum += value));
        shapes.check(sum, shapes.treeSum(height));
      },
    };
  },
  W9: (n, depth) => ({ operations: n, run: () => shapes.check(catchAll(n, depth), n) }),
};

await report("plain calls", workloads);
