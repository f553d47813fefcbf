import { advance } from "./generators.ts";

// `using` in compiled code (ECMA-262, explicit resource management), where disposing may switch.

interface Resource {
  value: unknown;
  method: unknown;
}

const disposeSymbol: symbol = (Symbol as { dispose?: symbol }).dispose ?? Symbol.for("Symbol.dispose");

/** The resources of one block, disposed of one at a time, the last first. */
export class Resources {
  private readonly list: Resource[] = [];

  /** True while something is left to dispose of. */
  get open(): boolean {
    return this.list.length > 0;
  }

  /** Takes a resource; null and undefined need no disposing. @throws TypeError for what can't be disposed of */
  use<Value>(value: Value): Value {
    if (value === null || value === undefined) return value;
    const method = (value as Record<symbol, unknown>)[disposeSymbol];
    if (typeof method !== "function") throw new TypeError("Property [Symbol.dispose] is not a function.");
    this.list.push({ value, method });
    return value;
  }

  /** Disposes of the last resource. A suspension point. */
  dispose(): unknown {
    const { value, method } = this.list.pop() as Resource;
    return advance(method, value);
  }
}

export function resources(): Resources {
  return new Resources();
}

/** The error of a block after disposing failed: the new one, with the one before it (if there was one) suppressed. */
export function suppressed(error: unknown, hadError: boolean, before: unknown): unknown {
  if (!hadError) return error;
  const { SuppressedError: Native } = globalThis as {
    SuppressedError?: new (error: unknown, suppressed: unknown) => Error;
  };
  if (Native !== undefined) return new Native(error, before);
  return Object.assign(new Error("An error was suppressed during disposal."), {
    name: "SuppressedError",
    error,
    suppressed: before,
  });
}
