import { addPart } from "../core/part.ts";
import { describe } from "./describe.ts";
import { develop } from "./develop.ts";
import * as stress from "./stress.ts";

// Loaded by the modules of stress and development builds: adds what those call to `$`.

const development = { describe, develop, ...stress };

export type ForDevelopment = typeof development;

addPart(development);
