/** roster — the greenlets that have run since the prompt appeared, and their stacks, as text. */
import type { AnyGreenlet } from "greenlets";

type Runtime = typeof import("greenlets");

export class Roster {
  /** Weak: what nobody can switch to any more is collected as ever. */
  readonly #seen: WeakRef<AnyGreenlet>[] = [];
  readonly #known = new WeakSet<AnyGreenlet>();

  readonly #isOurs: (greenlet: AnyGreenlet) => boolean;

  /** @param isOurs true for a greenlet that nobody asks about */
  constructor({ setTrace }: Runtime, isOurs: (greenlet: AnyGreenlet) => boolean) {
    this.#isOurs = isOurs;
    setTrace((_, origin, target) => {
      this.#note(origin);
      this.#note(target);
    });
  }

  #note(greenlet: AnyGreenlet): void {
    if (this.#known.has(greenlet)) return;
    this.#known.add(greenlet);
    this.#seen.push(new WeakRef(greenlet));
  }

  /** `1  <Greenlet suspended active started>  in step ← walk` — a line each; those that are dead are left out. */
  list(): string {
    const lines = [...this.#alive()].map(([number, greenlet]) => {
      const frames = framesOf(greenlet).join(" ← ");
      return `${number}  ${greenlet}${frames === "" ? "" : `  in ${frames}`}`;
    });
    return lines.length === 0 ? "No greenlets." : lines.join("\n");
  }

  /** The frames of one of them, innermost first. */
  stack(number: string): string {
    const greenlet = this.#alive().get(Number(number));
    if (greenlet === undefined) return `There is no greenlet ${number}. .greenlets lists them.`;
    return [String(greenlet), ...framesOf(greenlet).map((frame) => `    at ${frame}`)].join("\n");
  }

  #alive(): Map<number, AnyGreenlet> {
    const alive = new Map<number, AnyGreenlet>();
    this.#seen.forEach((ref, index) => {
      const greenlet = ref.deref();
      if (greenlet === undefined || greenlet.dead || greenlet.parent === null || this.#isOurs(greenlet)) return;
      alive.set(index + 1, greenlet);
    });
    return alive;
  }
}

/** `walk`, and its place where that is known: `walk (src/walk.ts:3:5)` */
function framesOf(greenlet: AnyGreenlet): string[] {
  return greenlet.frames().map(({ function: name, file, line, column }) => {
    const place = file === undefined ? "" : ` (${file}:${line}:${(column ?? 0) + 1})`;
    return `${name || "anonymous"}${place}`;
  });
}
