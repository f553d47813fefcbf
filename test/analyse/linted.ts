/**
 * linted — a project on the disk for the lint plugin: one file that breaks every rule, its facts, and what must be reported.
 */
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { analyse } from "../../plugin/analyse/index.ts";
import { factsPath, writeFacts } from "../../plugin/analyse/facts.ts";
import { compilerOptions } from "./options.ts";

export const pluginFile = fileURLToPath(new URL("../../plugin/lint/index.ts", import.meta.url));

export const source = `import { Greenlet, atomic } from "greenlets";
const account = { balance: 10 };
let total = 0;
function audit(g) { g.switch(); }
export function lost(g) {
  const before = account.balance;
  audit(g);
  account.balance = before - 1;
}
export function lostVariable(g) {
  const t = total;
  audit(g);
  total = t + 1;
}
export function readAgain(g) {
  audit(g);
  account.balance = account.balance - 1;
}
export function compound(g) {
  const before = account.balance;
  audit(g);
  account.balance -= before;
}
export function local(g) {
  let n = 0;
  const m = n;
  audit(g);
  n = m + 1;
  return n;
}
export function noSwitch() {
  const before = account.balance;
  account.balance = before - 1;
}
export function inOneExpression(g) {
  account.balance = account.balance + take(g);
}
function take(g) { audit(g); return 1; }
export function block(g) {
  atomic(() => audit(g));
  atomic(() => 1);
}
export const made = new Greenlet(() => 1);
`;

/** rule and line, in the order of the text. `mark-switching-call` is counted apart. */
export const expected = [
  "no-shared-write-across-switch:8",
  "no-shared-write-across-switch:13",
  "no-shared-write-across-switch:36",
  "no-switch-in-atomic:40",
];

/** Lines with a suspension point. */
export const marked = [4, 7, 12, 16, 21, 27, 36, 38, 40, 40];

export interface LintedProject {
  readonly root: string;
  readonly file: string;
  /** The same text with a blank line behind it: its facts are stale. */
  readonly stale: string;
}

export function lintedProject(): LintedProject {
  const root = mkdtempSync(join(tmpdir(), "greenlets-lint-"));
  mkdirSync(join(root, "src"));
  const [file, stale] = [join(root, "src/bank.js"), join(root, "src/stale.js")];
  writeFileSync(file, source);
  writeFileSync(stale, source);
  writeFacts(factsPath(root), analyse({ root, files: [file, stale], options: { ...compilerOptions, allowJs: true } }));
  writeFileSync(stale, `${source}\n`);
  return { root, file, stale };
}
