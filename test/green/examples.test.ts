// One function for sync, async and greenlet callers, and a survey with limits.
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { load, modes } from "./load.ts";

const file = (name: string): string => join(import.meta.dirname, "../../examples/green/config", name);
const expected = { accent: "teal", port: 8080, host: "localhost", token: "not a real one", name: "example" };

describe.each(modes)("%s", async (mode) => {
  const { loadConfig, loadConfigSync, loadConfigAsync } = await load<
    typeof import("../../examples/green/config-loader.ts")
  >("examples/green/config-loader.ts", mode);
  const { survey } = await load<typeof import("../../examples/green/crawl.ts")>("examples/green/crawl.ts", mode);
  const { run, spawn, joinAll } = await load<typeof import("../../runtime/green/index.ts")>("greenlets/green", mode);

  test("a sync caller", () => {
    expect(loadConfigSync(file("app.json"))).toEqual(expected);
  });

  test("an async caller", async () => {
    expect(await loadConfigAsync(file("app.json"))).toEqual(expected);
  });

  test("a greenlet", async () => {
    const green = spawn(loadConfig, { args: [file("app.json")] });
    expect(await green).toEqual(expected);
  });

  test("several at the same time, and errors", async () => {
    const [one, two] = [
      spawn(loadConfig, { args: [file("app.json")] }),
      spawn(loadConfig, { args: [file("loop.json")] }),
    ];
    await run(() => joinAll([one, two]));
    expect(one.value).toEqual(expected);
    expect(String(two.error)).toMatch(/includes itself: .*loop\.json → .*loop\.json/);
    expect(() => loadConfigSync(file("absent.json"))).toThrow(/Can't read the config .*absent\.json/);
    await expect(loadConfigAsync(file("absent.json"))).rejects.toThrow(/Can't read the config .*absent\.json/);
  });

  test("called outside of both worlds, the loader says what to do", () => {
    let cause: unknown;
    try {
      loadConfig(file("app.json"));
    } catch (error) {
      ({ cause } = error as Error);
    }
    expect((cause as Error).message).toMatch(/spawn.*run/);
  });

  test("a survey, ten at a time, with a limit for each", async () => {
    let [busy, most] = [0, 0];
    const lookUp = async (name: string): Promise<string> => {
      most = Math.max(most, ++busy);
      await new Promise((resolve) => setTimeout(resolve, name === "slow" ? 2000 : 1));
      busy--;
      return name.toUpperCase();
    };
    const names = [...Array.from({ length: 30 }, (_, i) => `n${i}`), "slow"];
    const { found, missing } = await run(survey, names, lookUp);
    expect(missing).toEqual(["slow"]);
    expect(Object.keys(found).length).toBe(30);
    expect(most).toBe(10);
  });
});
