// What a compiled package tells the analysis of programs that use it.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Greenlet } from "greenlets";
import { spawn, spawnLater, type Green } from "greenlets/green";
import { describe, expect, it } from "vitest";
import { runtimeManifest } from "../../build-manifest.ts";
import { analyse } from "../../plugin/analyse/index.ts";
import type { Facts } from "../../plugin/analyse/facts.ts";
import { greenlets } from "../command.ts";
import { projectWith } from "./project-folder.ts";

const switching = (facts: Facts, file: string): string[] =>
  facts.files[file]!.functions.filter((fn) => fn.maySwitch && fn.name !== "(module)").map(({ name }) => name);

describe("the runtime's own manifest", () => {
  it("says which functions of greenlets/green switch", () => {
    const text = `import { Event, Queue, Semaphore, sleep, wait } from "greenlets/green";
import { getCurrent } from "greenlets";
export function naps(): void { sleep(1); }
export function waits(event: Event): void { event.wait(); }
export function awaits(): number { return wait(Promise.resolve(1)); }
export function takes(queue: Queue<number>): number { return queue.get(); }
export function locks(lock: Semaphore): void { lock.acquire(); }
export function frees(lock: Semaphore): void { lock.release(); }
export function sets(event: Event): void { event.set(); }
export function asks(): unknown { return getCurrent(); }
`;
    const { path } = projectWith({ "src/a.ts": text });
    const facts = analyse({ tsconfig: join(path, "tsconfig.json") });
    expect(switching(facts, "src/a.ts")).toEqual(["naps", "waits", "awaits", "takes", "locks"]);
    expect(facts.files["src/a.ts"]!.functions.find(({ name }) => name === "naps")!.reason).toEqual({
      text: "Greenlet#switch",
    });
  });
  it("says which only keep the function that they are given", () => {
    const text = `import { Greenlet } from "greenlets";
import { joinAll, sleep, spawn, spawnLater } from "greenlets/green";
export function makes(): unknown { return new Greenlet(() => sleep(1)); }
export function spawns(): unknown { return spawn(() => sleep(1)); }
export function defers(): unknown { return spawnLater(1, () => sleep(1)); }
class Named extends Greenlet { name = ""; constructor(run: () => void) { super(run); } }
export function names(): unknown { return new Named(() => sleep(1)); }
export function joins(): void { joinAll([spawn(() => sleep(1))]); }
`;
    const { path } = projectWith({ "src/a.ts": text });
    const facts = analyse({ tsconfig: join(path, "tsconfig.json") });
    const running = ["(callback of Greenlet)", "(callback of spawn)", "(callback of spawnLater)"];
    expect(switching(facts, "src/a.ts").filter((name) => !running.includes(name) && !/Named/.test(name))).toEqual([
      "joins",
    ]);
  });
  it("says so of those that run nothing of it before they return", () => {
    const ran: string[] = [];
    const makers: Record<string, () => unknown> = {
      Greenlet: () => new Greenlet(() => ran.push("Greenlet")),
      spawn: () => spawn(() => ran.push("spawn")),
      spawnLater: () => spawnLater(0, () => ran.push("spawnLater")),
    };
    expect(runtimeManifest().keeps).toEqual(Object.keys(makers));
    const made = Object.values(makers).map((make) => make());
    expect(ran).toEqual([]);
    for (const one of made.slice(1)) (one as Green).kill(undefined, { block: false });
  });
});

describe("the manifest of a package", () => {
  const source = `import { getCurrent } from "greenlets";
export function query(sql: string): unknown { return send(sql); }
function send(sql: string): unknown { return getCurrent().parent!.switch(sql); }
export function escape(sql: string): string { return sql.trim(); }
export class Pool {
  readonly #idle: (() => void)[] = [];
  acquire(): unknown { return query("begin"); }
  onIdle(listener: () => void): void { this.#idle.push(listener); }
  release(): void { for (const listener of this.#idle) listener(); }
  get size(): number { return 1; }
}
export function each<T>(list: readonly T[], visit: (item: T) => void): void { for (const item of list) visit(item); }
`;
  const declarations = `export declare function query(sql: string): unknown;
export declare function escape(sql: string): string;
export declare class Pool { acquire(): unknown; onIdle(listener: () => void): void; release(): void; get size(): number }
export declare function each<T>(list: readonly T[], visit: (item: T) => void): void;
`;
  it("is written by compile, and read by those who depend on it", () => {
    const { path, read } = projectWith({ "src/db.ts": source });
    const args = ["compile", "src/db.ts", "-d", "dist", "-p", "tsconfig.json", "--manifest", "dist/greenlets.json"];
    expect(greenlets(args, { cwd: path })).toMatchObject({ stderr: "", code: 0 });
    const manifest = JSON.parse(read("dist/greenlets.json")) as { abi: number; switches: Record<string, string> };
    expect(manifest).toEqual({
      abi: 1,
      switches: {
        "Pool#acquire": "Greenlet#switch",
        "Pool#release": "an argument from outside the project",
        query: "Greenlet#switch",
      },
    });
    const uses = `import { each, escape, Pool, query } from "db";
export function ask(): unknown { return query("1"); }
export function clean(): string { return escape(" "); }
export function take(pool: Pool): unknown { return pool.acquire(); }
export function free(pool: Pool): void { pool.release(); }
export function count(pool: Pool): number { return pool.size; }
export function all(): void { each([1], () => query("2")); }
export function none(list: number[]): void { each([1], (n) => list.push(n)); }
`;
    const user = projectWith({
      "src/a.ts": uses,
      "node_modules/db/package.json":
        '{ "name": "db", "type": "module", "types": "db.d.ts", "greenlets": "./greenlets.json" }',
      "node_modules/db/greenlets.json": readFileSync(join(path, "dist/greenlets.json"), "utf8"),
      "node_modules/db/db.d.ts": declarations,
    });
    const facts = analyse({ tsconfig: join(user.path, "tsconfig.json") });
    expect(switching(facts, "src/a.ts")).toEqual(["ask", "take", "free", "all", "(callback of each)"]);
    expect(facts.files["src/a.ts"]!.foreign, "a compiled package may be given callbacks that switch").toEqual([]);
  });
  it("needs a project", () => {
    const { path } = projectWith({ "src/db.ts": source });
    expect(greenlets(["compile", "src/db.ts", "--manifest", "m.json"], { cwd: path })).toMatchObject({
      stderr: "greenlets: A manifest needs the types of a project: -p TSCONFIG\n",
      code: 2,
    });
  });
});
