import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { transformFileAsync } from "@babel/core";

for (const [envName, type] of [
  ["esm", "module"],
  ["cjs", "commonjs"],
]) {
  mkdirSync(`dist/${envName}`, { recursive: true });
  writeFileSync(`dist/${envName}/package.json`, JSON.stringify({ type }));
  for (const name of readdirSync("src")) {
    const { code, map } = await transformFileAsync(`src/${name}`, { envName, sourceMaps: true });
    const output = name.replace(/ts$/, "js");
    writeFileSync(`dist/${envName}/${output}`, `${code}\n//# sourceMappingURL=${output}.map\n`);
    writeFileSync(`dist/${envName}/${output}.map`, JSON.stringify(map));
  }
}
