// Vite's development server: client and server environments, hot updates, errors as its overlay gets them.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { createServer, type ViteDevServer } from "vite";
import { afterEach, expect, test, vi } from "vitest";
import greenlets from "../../plugin/build/vite.ts";
import { placeInSource, placesOf, printed } from "./sample.ts";
import { writeSample } from "./sample-folder.ts";

let server: ViteDevServer | undefined;
afterEach(async () => {
  vi.restoreAllMocks();
  await server?.close();
});

async function serve(folder: string): Promise<ViteDevServer> {
  server = await createServer({
    root: folder,
    configFile: false,
    logLevel: "silent",
    server: { middlewareMode: true, ws: false },
    appType: "custom",
    optimizeDeps: { noDiscovery: true },
    plugins: [greenlets()],
  });
  return server;
}

test("hands browsers compiled modules with exact maps, and plain ones as they are", async () => {
  const { environments } = await serve(writeSample());
  const ask = (await environments["client"]!.transformRequest("/src/ask.ts"))!;
  const late = `new RangeError("stopped")`;
  expect(placesOf(late, ask.code, ask.map as object)).toEqual([placeInSource(late), placeInSource(late)]);
  expect((await environments["client"]!.transformRequest("/src/plain.ts"))!.code).not.toContain("$");
});

test("runs on the server", async () => {
  const log = vi.spyOn(console, "log").mockImplementation(() => {});
  await (await serve(writeSample())).ssrLoadModule("/src/main.ts");
  expect(log.mock.calls).toEqual([[printed]]);
});

test("compiles anew what was edited, and updates it in place", async () => {
  const folder = writeSample({
    "src/hot.ts": `import { ask } from "./ask.ts";\nimport.meta.hot?.accept();\nexport const once = () => [ask("before")];\n`,
  });
  const { environments } = await serve(folder);
  const client = environments["client"]!;
  await client.transformRequest("/src/hot.ts");
  const send = vi.spyOn(client.hot, "send");
  writeFileSync(
    join(folder, "src/hot.ts"),
    `import { ask } from "./ask.ts";\nimport.meta.hot?.accept();\nexport const twice = () => [ask("after"), ask("after")];\n`,
  );
  await vi.waitFor(
    () =>
      expect(send.mock.calls.flat()).toContainEqual(
        expect.objectContaining({ type: "update", updates: [expect.objectContaining({ path: "/src/hot.ts" })] }),
      ),
    20_000,
  );
  const { code } = (await client.transformRequest("/src/hot.ts"))!;
  expect(code).toContain("twice");
  expect(code.match(/\$\.save\(/g)?.length).toBe(2);
});

test("tells the overlay what is wrong, where, and shows the frame", async () => {
  const folder = writeSample({ "src/bad.ts": `export function run(f: () => void) {\n  f();\n  eval("f()");\n}\n` });
  const client = (await serve(folder)).environments["client"]!;
  const error = await client.transformRequest("/src/bad.ts").catch((reason: unknown) => reason);
  expect(error).toMatchObject({
    plugin: "greenlets",
    code: "greenlets/direct-eval",
    id: join(folder, "src/bad.ts"),
    loc: { file: join(folder, "src/bad.ts"), line: 3, column: 2 },
    message: expect.stringMatching(/^A function that may switch can't contain a direct eval/),
    frame: expect.stringContaining(`> 3 |   eval("f()");`),
  });
});
