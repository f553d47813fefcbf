// Runs in an installed project: what a Vite server makes of the program, as JSON.
import { readFileSync, writeFileSync } from "node:fs";
import { createServer, createServerModuleRunner } from "vite";

const server = await createServer({
  server: { middlewareMode: true, ws: false },
  appType: "custom",
  logLevel: "error",
});
const { client, ssr } = server.environments;
const runner = createServerModuleRunner(ssr);

if (process.argv[2] === "plain") {
  console.log((await client.transformRequest("/src/plain.ts")).code.replace(/\/\/# .*/s, ""));
} else {
  const { talk } = await runner.import("/src/main.ts");
  const said = talk("A", "B");
  let stack = "";
  try {
    talk("A", "stop");
  } catch (error) {
    stack = error.stack;
  }
  const { code, map } = await client.transformRequest("/src/ask.ts");
  const plain = (await client.transformRequest("/src/plain.ts")).code.replace(/\/\/# .*/s, "").trimEnd();
  const before = readFileSync("src/ask.ts", "utf8");
  const changed = new Promise((resolve) => server.watcher.once("change", resolve));
  writeFileSync("src/ask.ts", before.replace("this.mark;", "`?${this.mark}`;"));
  await changed;
  let updated = said;
  for (let tries = 0; tries < 100 && updated === said; tries++) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    updated = (await runner.import("/src/main.ts")).talk("A", "B");
  }
  writeFileSync("src/ask.ts", before);
  console.log(JSON.stringify({ said, updated, stack, code, map: JSON.stringify(map), plain }));
}
await runner.close();
await server.close();
process.exit();
