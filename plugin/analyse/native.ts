import type { TypeOracle } from "./oracle.ts";
import type { ProjectSource } from "./project.ts";
export function openNative(source: ProjectSource): TypeOracle { throw new Error(String(source)); }
