// The bundlers of this repository, each as one function: a folder with the sample in it → the bundle of src/main.ts.
import { join } from "node:path";
import { build as esbuild } from "esbuild";
import { rolldown } from "rolldown";
import { build as viteBuild } from "vite";
import forEsbuild from "../../plugin/build/esbuild.ts";
import forRolldown from "../../plugin/build/rolldown.ts";
import forVite from "../../plugin/build/vite.ts";
import type { BuildOptions } from "../../plugin/build/unplugin.ts";

export type Format = "esm" | "cjs";
export type Bundle = { code: string; map: string };
export type Bundler = (folder: string, format: Format, options?: BuildOptions) => Promise<Bundle>;

export const withRolldown: Bundler = async (folder, format, options) => {
  const bundle = await rolldown({
    input: join(folder, "src/main.ts"),
    cwd: folder,
    platform: "node",
    plugins: [forRolldown(options)],
  });
  const { output } = await bundle.generate({ format, sourcemap: true, codeSplitting: false });
  await bundle.close();
  return { code: output[0].code, map: JSON.stringify(output[0].map) };
};

export const withVite: Bundler = async (folder, format, options) => {
  const built = await viteBuild({
    root: folder,
    configFile: false,
    logLevel: "silent",
    plugins: [forVite(options)],
    build: {
      write: false,
      minify: false,
      sourcemap: true,
      target: "es2022",
      lib: { entry: join(folder, "src/main.ts"), formats: [format === "esm" ? "es" : "cjs"] },
    },
  });
  const [{ output }] = (Array.isArray(built) ? built : [built]) as [{ output: { code: string; map: object }[] }];
  return { code: output[0]!.code, map: JSON.stringify(output[0]!.map) };
};

export const withEsbuild: Bundler = async (folder, format, options) => {
  const { outputFiles } = await esbuild({
    entryPoints: [join(folder, "src/main.ts")],
    absWorkingDir: folder,
    bundle: true,
    write: false,
    sourcemap: "external",
    outdir: folder,
    format,
    platform: "node",
    logLevel: "silent",
    plugins: [forEsbuild(options)],
  });
  const textOf = (ending: RegExp): string => outputFiles.find(({ path }) => ending.test(path))!.text;
  return { code: textOf(/\.js$/), map: textOf(/\.map$/) };
};

export const bundlers: Record<string, Bundler> = {
  Rolldown: withRolldown,
  "Vite build": withVite,
  esbuild: withEsbuild,
};
