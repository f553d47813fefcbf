// A project in a scratch folder that sees the real packages, for tests that go all the way from types to a run.
import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { root } from "../command.ts";
import { folderWith, type Folder } from "../cli/program.ts";

const tsconfig = {
  compilerOptions: {
    target: "esnext",
    module: "nodenext",
    moduleResolution: "nodenext",
    strict: true,
    lib: ["esnext"],
    types: [],
    noEmit: true,
    allowImportingTsExtensions: true,
    skipLibCheck: true,
  },
  include: ["src"],
};

/** @param files texts by path; the folder also gets a tsconfig over `src`, and `greenlets` in its node_modules */
export function projectWith(files: Record<string, string>): Folder {
  const folder = folderWith({
    "package.json": '{ "type": "module" }',
    "tsconfig.json": JSON.stringify(tsconfig),
    ...files,
  });
  mkdirSync(join(folder.path, "node_modules"), { recursive: true });
  symlinkSync(join(root, "runtime"), join(folder.path, "node_modules/greenlets"));
  return folder;
}
