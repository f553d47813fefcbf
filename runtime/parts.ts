// Which part of the runtime has which name of `$`. The compiler imports this file; it imports nothing but names.
import { HELPERS } from "./builtins/names.ts";

const words = (text: string): string[] => text.split(/\s+/);

/** The modules that add to `$`, by the names under which this package exports them, with what they add. The core has the rest. */
export const PARTS = {
  language: words(
    `box constant dead derived enumerate ignored key keyOf Keys made named object plain ready rest store stored sync tdz template`,
  ),
  iteration: words(
    `advance close delegate isPlainIterable iterate list nowhere parameters parametersOf parked remaining resources
    resumed suppressed take`,
  ),
  classes: words("absent adopt complete field hand held keys later own put title unmade"),
  development: words(
    `beneath describe dev develop devNew devValue enter entering passing stress stressNew stressValue unmark`,
  ),
  builtins: ["construct", "constructFor", "natives", "resumable", ...HELPERS],
};

export type Part = keyof typeof PARTS;

const partOf = new Map(Object.entries(PARTS).flatMap(([part, names]) => names.map((name) => [name, part as Part])));

/** The parts that have `names`, in the order in which they are imported. */
export function partsWith(names: ReadonlySet<string>): Part[] {
  const found = new Set([...names].map((name) => partOf.get(name)));
  return (Object.keys(PARTS) as Part[]).filter((part) => found.has(part));
}
