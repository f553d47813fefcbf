/** build — whether the compile step is part of the project's build, and where it stands among Babel's plugins. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { loadPartialConfigSync } from "@babel/core";
import { projectIn } from "../init/builds.ts";
import { bad, good, notice, type Finding } from "./finding.ts";

export function checkBuild(folder: string): Finding[] {
  const { configs } = projectIn(folder);
  if (configs.length === 0)
    return [notice("build", "no build that greenlets init knows; greenlets run and register compile as Node loads")];
  return configs.map(({ file, build }) => {
    if (!readFileSync(join(folder, file), "utf8").includes("greenlets-plugin/"))
      return notice("build", `${file} has no compile step: greenlets init adds it`);
    return build.name === "babel" ? babelOrder(folder, file) : good("build", `${file} has the compile step`);
  });
}

/** Plugins run before presets, in their order: one before ours would hand us code that nobody wrote. */
function babelOrder(folder: string, file: string): Finding {
  try {
    const options = loadPartialConfigSync({ cwd: folder, filename: join(folder, "index.js") })?.options;
    const names = (options?.plugins ?? []).map((one) => nameOf(one));
    const place = names.findIndex((name) => name.includes("greenlets-plugin"));
    if (place > 0)
      return bad("build", `${file}: ${names[0]} comes before greenlets-plugin/babel, which must be the first plugin`);
    return good("build", `${file} has the compile step, before other plugins`);
  } catch (error) {
    return bad("build", `${file} can't be read: ${(error as Error).message}`);
  }
}

function nameOf(plugin: unknown): string {
  const { file, name } = plugin as { file?: { request?: string }; name?: string };
  return file?.request ?? name ?? "a plugin";
}
