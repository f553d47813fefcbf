/**
 * greenlets-plugin/coverage — Vitest's v8 coverage for code that was compiled.
 *
 *   // vitest.config.ts
 *   test: { coverage: { provider: "custom", customProviderModule: "greenlets-plugin/coverage" } }
 *
 * V8 counts in the emitted code, where a line of the source stands twice and much stands that nobody wrote. Here the counts are brought
 * back to the source, which then is reported as if it had run itself. Files in which nothing may switch are left to Vitest.
 */
import v8 from "@vitest/coverage-v8";
import type { CoverageProvider, CoverageProviderModule } from "vitest/node";
import { countsIn, type FunctionCoverage, type SourceMap } from "./counts.ts";
import { asWritten } from "./source.ts";

/** The step of Vitest's provider that looks at one file. */
interface Remapping {
  remapCoverage(
    url: string,
    wrapperLength: number,
    file: { code: string; map?: SourceMap },
    functions: FunctionCoverage[],
  ): Promise<unknown>;
}

/** Vite has put a path in the place of "greenlets/internal"; the flag keeps its name. */
const COMPILED = /\$state\b/;

const module: CoverageProviderModule = {
  ...v8,
  async getProvider(): Promise<CoverageProvider> {
    const provider = await v8.getProvider();
    const remapping = provider as unknown as Remapping;
    const remap = remapping.remapCoverage.bind(provider);
    remapping.remapCoverage = (url, wrapperLength, file, functions) => {
      const [source] = file.map?.sourcesContent ?? [];
      if (file.map === undefined || source == null || !COMPILED.test(file.code))
        return remap(url, wrapperLength, file, functions);
      const counts = countsIn(file.code, file.map, functions, wrapperLength);
      const written = asWritten(source, url, counts, functions.length > 0);
      return remap(url, 0, { code: written.code, map: written.map }, written.functions);
    };
    return provider;
  },
};

export default module;
