// Bundlers that are no part of this repository's installation: `npm install` puts them into a cache folder.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire, stripTypeScriptTypes } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import forRollup from "../../plugin/build/rollup.ts";
import forRspack from "../../plugin/build/rspack.ts";
import forWebpack from "../../plugin/build/webpack.ts";
import { root } from "../command.ts";
import type { Bundle, Bundler, Format } from "./bundlers.ts";

const cache = join(root, "node_modules/.cache/greenlets-builds");

const versions = {
  rollup: "4.68.7",
  webpack: "5.112.2",
  "ts-loader": "9.5.4",
  typescript: "6.0.3",
  "@rspack/core": "2.3.2",
};

/** Installs what is not there yet. */
export function installBundlers(): void {
  const missing = Object.keys(versions).some((name) => !existsSync(join(cache, "node_modules", name)));
  if (!missing) return;
  mkdirSync(cache, { recursive: true });
  writeFileSync(join(cache, "package.json"), `${JSON.stringify({ private: true, dependencies: versions })}\n`);
  execFileSync("npm", ["install", "--ignore-scripts", "--no-audit", "--no-fund"], { cwd: cache, stdio: "inherit" });
}

const require = createRequire(join(cache, "package.json"));
const load = async <T>(name: string): Promise<T> => (await import(pathToFileURL(require.resolve(name)).href)) as T;

type RollupOutput = { output: [{ code: string; map: object }] };
type Rollup = { rollup(options: object): Promise<{ generate(options: object): Promise<RollupOutput> }> };

/** Rollup has no TypeScript of its own: another plugin takes the types out. */
const stripTypes = {
  name: "strip-types",
  transform: (code: string, id: string) =>
    id.endsWith(".ts") ? { code: stripTypeScriptTypes(code), map: null } : null,
};

export const withRollup: Bundler = async (folder, format, options) => {
  const { rollup } = await load<Rollup>("rollup");
  const bundle = await rollup({
    input: join(folder, "src/main.ts"),
    external: /^greenlets/,
    plugins: [forRollup(options), stripTypes],
  });
  const { output } = await bundle.generate({ format, sourcemap: true, file: join(folder, "out.js") });
  return { code: output[0].code, map: JSON.stringify(output[0].map) };
};

type Stats = { hasErrors(): boolean; toString(): string };
type Compiler = { run(done: (error: Error | null, stats?: Stats) => void): void; close(done: () => void): void };
type Pack = (configuration: object) => Compiler;

/** webpack and Rspack take the same configuration, but for how they take the types out. */
async function pack(
  compilerOf: Pack,
  folder: string,
  format: Format,
  plugin: unknown,
  loader: object,
): Promise<Bundle> {
  const library =
    format === "esm"
      ? { module: true, filename: "bundle.mjs", library: { type: "module" } }
      : { filename: "bundle.cjs", library: { type: "commonjs2" } };
  const compiler = compilerOf({
    mode: "none",
    target: "node22",
    context: folder,
    entry: "./src/main.ts",
    devtool: "source-map",
    ...(format === "esm" && { experiments: { outputModule: true } }),
    output: { path: join(folder, "packed"), ...library },
    module: { rules: [{ test: /\.ts$/, ...loader }] },
    resolveLoader: { modules: [join(cache, "node_modules")] },
    plugins: [plugin],
  });
  await new Promise<void>((resolve, reject) => {
    compiler.run((error, stats) => {
      const failure = error ?? (stats?.hasErrors() ? new Error(stats.toString()) : null);
      compiler.close(() => (failure ? reject(failure) : resolve()));
    });
  });
  const read = (name: string): string => readFileSync(join(folder, "packed", name), "utf8");
  return {
    code: read(library.filename).replace(/\n\/\/# sourceMappingURL.*\n?$/, ""),
    map: read(`${library.filename}.map`),
  };
}

export const withWebpack: Bundler = async (folder, format, options) => {
  const { default: webpack } = await load<{ default: Pack }>("webpack");
  writeFileSync(
    join(folder, "tsconfig.json"),
    `{ "compilerOptions": { "target": "es2022", "module": "esnext", "moduleResolution": "bundler", "allowImportingTsExtensions": true, "noEmit": true, "sourceMap": true } }\n`,
  );
  return pack(webpack, folder, format, forWebpack(options), {
    loader: "ts-loader",
    options: { transpileOnly: true, compilerOptions: { noEmit: false, allowImportingTsExtensions: false } },
  });
};

export const withRspack: Bundler = async (folder, format, options) => {
  const { rspack } = await load<{ rspack: Pack }>("@rspack/core");
  return pack(rspack, folder, format, forRspack(options), {
    loader: "builtin:swc-loader",
    options: { jsc: { parser: { syntax: "typescript" }, target: "es2022" } },
    type: "javascript/auto",
  });
};

export const installedBundlers: Record<string, Bundler> = {
  "Rollup 4": withRollup,
  "webpack 5 + ts-loader": withWebpack,
  "Rspack 2": withRspack,
};
