/** builds — how to recognise the build of a project, and what its configuration needs. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A build that has a configuration file. */
export interface Build {
  name: string;
  /** Matches the names of its configuration files. */
  config: RegExp;
  /** What goes first into `plugins`. */
  plugin: { import: string } | { string: string };
}

const bundler = (name: string, files = name): Build => ({
  name,
  config: new RegExp(`^${files}\\.config\\.[cm]?[jt]s$`),
  plugin: { import: `greenlets-plugin/${name}` },
});

/** Vitest's own configuration counts as Vite's. */
export const builds: readonly Build[] = [
  bundler("vite", "(?:vite|vitest)"),
  bundler("rolldown"),
  bundler("rollup"),
  bundler("webpack"),
  bundler("rspack"),
  {
    name: "babel",
    config: /^(?:babel\.config\.(?:[cm]?js|cts|json)|\.babelrc(?:\.json|\.[cm]?js)?)$/,
    plugin: { string: "greenlets-plugin/babel" },
  },
];

/** Builds that are set up in a program or in another place: for them, there is something to say. */
const hints: readonly { dependency: string; text: string }[] = [
  {
    dependency: "esbuild",
    text: `esbuild: import greenlets from "greenlets-plugin/esbuild", and plugins: [greenlets()] in your build script`,
  },
  {
    dependency: "jest",
    text: `Jest: "greenlets-plugin/babel" among the plugins of a babel.config.json, with "factsHash" once you use facts`,
  },
  { dependency: "typescript", text: "tsc: greenlets compile writes JavaScript and maps (greenlets compile --help)" },
];

/** A project as `greenlets init` finds it. */
export interface Project {
  folder: string;
  /** Its configuration files, with the build each belongs to. */
  configs: { file: string; build: Build }[];
  /** What to do by hand. */
  hints: string[];
  /** Packages that are not among its dependencies yet. */
  missing: string[];
  /** The command that installs packages. */
  installer: string;
}

/** Looks at a folder; nothing is changed. @throws SyntaxError for a package.json that is not JSON */
export function projectIn(folder: string): Project {
  const files = readdirSync(folder).toSorted();
  const dependencies = dependenciesIn(folder);
  const configs = builds.flatMap((build) =>
    files.filter((file) => build.config.test(file)).map((file) => ({ file, build })),
  );
  const hasConfig = (name: string): boolean => configs.some(({ build }) => build.name === name);
  return {
    folder,
    configs,
    hints:
      configs.length > 0 && !dependencies.has("jest")
        ? []
        : hints
            .filter(
              ({ dependency }) =>
                dependencies.has(dependency) && !hasConfig(dependency === "jest" ? "babel" : dependency),
            )
            .map(({ text }) => text),
    missing: ["greenlets", "greenlets-plugin"].filter((name) => !dependencies.has(name)),
    installer: installerOf(files),
  };
}

function dependenciesIn(folder: string): Set<string> {
  const manifest = join(folder, "package.json");
  if (!existsSync(manifest)) return new Set();
  const json = JSON.parse(readFileSync(manifest, "utf8")) as Record<string, object | undefined>;
  return new Set(
    ["dependencies", "devDependencies", "peerDependencies"].flatMap((key) => Object.keys(json[key] ?? {})),
  );
}

/** By the lock file: pnpm, Yarn, Bun, else npm. */
function installerOf(files: readonly string[]): string {
  if (files.includes("pnpm-lock.yaml")) return "pnpm add";
  if (files.includes("yarn.lock")) return "yarn add";
  return files.some((file) => /^bun\.lockb?$/.test(file)) ? "bun add" : "npm install";
}
