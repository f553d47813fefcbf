import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { loadCommands } from "../../plugin/cli/commands.ts";
import { exitCodesHelp } from "../../plugin/cli/exit.ts";
import { helpFor, helpForAll } from "../../plugin/cli/help.ts";
import { greenlets, root } from "../command.ts";

const page = readFileSync(join(root, "docs/cli.md"), "utf8");

const commands = await loadCommands();

describe("greenlets --help", () => {
  test.each([[], ["--help"], ["-h"], ["help"]])("lists every command: %s", async (...args) => {
    expect(greenlets(args)).toEqual({ stdout: `${await helpForAll()}\n`, stderr: "", code: 0 });
  });

  test.each(commands)("explains %s, with its exit codes, as docs/cli.md does", (name, command) => {
    const { stdout, code } = greenlets([name, "--help"]);
    expect(code).toBe(0);
    expect(stdout).toBe(`${helpFor(name, command)}\n`);
    expect(stdout).toContain(exitCodesHelp);
    for (const option of Object.keys(command.options)) expect(stdout).toContain(`--${option}`);
    expect(page).toContain(`\`\`\`text\n$ greenlets ${name} --help\n${helpFor(name, command)}\n\`\`\``);
  });

  test("prints the version of the package", () => {
    const { version } = JSON.parse(readFileSync(join(root, "plugin/package.json"), "utf8")) as { version: string };
    expect(greenlets(["--version"])).toEqual({ stdout: `${version}\n`, stderr: "", code: 0 });
  });
});
