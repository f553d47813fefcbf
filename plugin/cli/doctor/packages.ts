/** packages — which copies of our two packages a project has, and which of its dependencies need compiling. */
import { existsSync, readdirSync, readFileSync, realpathSync } from "node:fs";
import { join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { ABI } from "../../preamble.ts";
import { version } from "../version.ts";
import { bad, good, notice, type Finding } from "./finding.ts";

interface Manifest {
  name?: string;
  version?: string;
  greenlets?: unknown;
  dependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
}

interface Installed {
  folder: string;
  manifest: Manifest;
}

/** Every package below node_modules, each once, those of dependencies as well. */
function* installedIn(folder: string, seen = new Set<string>()): Generator<Installed> {
  const modules = join(folder, "node_modules");
  if (!existsSync(modules)) return;
  for (const name of namesIn(modules)) {
    const place = realpathSync(join(modules, name));
    if (seen.has(place) || !existsSync(join(place, "package.json"))) continue;
    seen.add(place);
    yield { folder: place, manifest: readManifest(place) };
    yield* installedIn(place, seen);
  }
}

/** `a`, `@b/c`; pnpm keeps the packages in a folder of its own. */
function namesIn(modules: string): string[] {
  return readdirSync(modules).flatMap((name) => {
    if (name === ".pnpm")
      return readdirSync(join(modules, name)).flatMap((inner) => {
        const deep = join(name, inner, "node_modules");
        return existsSync(join(modules, deep)) ? namesIn(join(modules, deep)).map((one) => join(deep, one)) : [];
      });
    if (name.startsWith(".")) return [];
    return name.startsWith("@") ? readdirSync(join(modules, name)).map((inner) => join(name, inner)) : [name];
  });
}

function readManifest(folder: string): Manifest {
  try {
    return JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;
  } catch {
    return {};
  }
}

/** The runtime, the plugin, and the packages that use greenlets. @param folder the project's */
export async function checkPackages(folder: string): Promise<Finding[]> {
  const all = [...installedIn(folder)];
  const named = (name: string): Installed[] => all.filter(({ manifest }) => manifest.name === name);
  const runtimes = named("greenlets");
  return [
    ...copies("greenlets", folder, runtimes),
    ...copies("greenlets-plugin", folder, named("greenlets-plugin")),
    ...(await Promise.all(runtimes.map((runtime) => checkAbi(folder, runtime)))),
    ...all.flatMap(({ manifest }) => uncompiled(manifest)),
  ];
}

function copies(name: string, folder: string, found: readonly Installed[]): Finding[] {
  const [first, ...others] = found;
  if (first === undefined) return [bad(name, `${name} is not installed here: npm install ${name}`)];
  if (others.length > 0) return [twice(name, folder, found)];
  const { version: installed } = first.manifest;
  if (installed === version()) return [good(name, `${name} ${installed}`)];
  return [
    bad(
      name,
      `${name} is ${installed}, but this command is of ${version()}: install the same version of both packages`,
    ),
  ];
}

function twice(name: string, folder: string, found: readonly Installed[]): Finding {
  const places = found.map((one) => `${one.manifest.version} in ${relative(folder, one.folder)}`).join(", ");
  return bad(
    name,
    `${name} is installed ${found.length} times (${places}): copies of one version share one state, others may not. npm dedupe`,
  );
}

/** Asks a copy of the runtime whether it takes what this compiler emits. */
async function checkAbi(folder: string, { folder: place }: Installed): Promise<Finding> {
  const about = "ABI";
  try {
    const { $ } = (await import(pathToFileURL(join(place, "dist/internal.js")).href)) as {
      $: { abi(compiled: number): unknown };
    };
    $.abi(ABI);
    return good(about, `${relative(folder, place)} takes code of ABI ${ABI}`);
  } catch (error) {
    return bad(about, `${relative(folder, place)}: ${(error as Error).message}`);
  }
}

/** A package that uses greenlets and does not say that it was compiled. */
function uncompiled({ name, greenlets, dependencies, peerDependencies }: Manifest): Finding[] {
  const uses = "greenlets" in { ...dependencies, ...peerDependencies };
  if (!uses || greenlets !== undefined || name === "greenlets-plugin" || name === undefined) return [];
  return [
    notice(
      name,
      `${name} uses greenlets and ships no "greenlets" manifest: if it was not compiled, add it to the plugin's \`include\``,
    ),
  ];
}
