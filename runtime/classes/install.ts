import { addPart } from "../core/part.ts";
import * as classes from "./classes.ts";

// Loaded by compiled modules with classes: adds what those call to `$`.

export type Classes = typeof classes;

addPart(classes);
