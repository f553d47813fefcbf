#!/usr/bin/env node
import module from "node:module";

// Halves the start-up time from the second run on (Node 22.1 and later).
module.enableCompileCache?.();

const { main } = await import("../dist/cli.js");
const code = await main(process.argv.slice(2));
// `run` leaves the exit code to the program it started.
if (code !== undefined) process.exitCode = code;
