import { pathToFileURL } from "node:url";
import { measure } from "./harness.ts";
import { check } from "./shapes.ts";

// Times one real program: `node program.ts FILE`. Its `run()` returns a checksum, which must be the same each time.

const { run } = (await import(pathToFileURL(process.argv[2]!).href)) as { run(): number };
const checksum = run();
const measured = await measure({ operations: 1, run: () => check(run(), checksum) }, 1);
process.stdout.write(`${JSON.stringify({ ...measured, checksum })}\n`);
