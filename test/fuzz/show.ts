/** Any value as text, without running any of the program's code, and without what compiling may change (texts of functions and errors). */

export type Show = (value: unknown) => string;

export function showIn(global: object): Show {
  const show = (value: unknown, depth: number): string => {
    if (typeof value === "string") return JSON.stringify(value);
    if (typeof value === "function") return showFunction(value);
    if (typeof value !== "object" || value === null) return Object.is(value, -0) ? "-0" : String(value);
    if (value === global) return "global";
    if (isError(value)) return `error ${nameOf(value)}`;
    if (depth > 3) return "…";
    const parts = Object.entries(Object.getOwnPropertyDescriptors(value)).map(
      ([name, { value: inner, get }]) => `${name}: ${get === undefined ? show(inner, depth + 1) : "accessor"}`,
    );
    return `${nameOf(value)} {${parts.join(", ")}}`;
  };
  return (value) => show(value, 0);
}

function showFunction(value: Function): string {
  const field = (name: string): unknown => Object.getOwnPropertyDescriptor(value, name)?.value;
  return `function ${String(field("name"))}/${String(field("length"))}`;
}

const isError = (value: object): boolean => Object.prototype.toString.call(value) === "[object Error]";

/** The name of the constructor: classes of the program have one, and so has every builtin. */
function nameOf(value: object): string {
  const prototype: object | null = Object.getPrototypeOf(value);
  const maker: unknown = prototype === null ? null : Object.getOwnPropertyDescriptor(prototype, "constructor")?.value;
  return typeof maker === "function" ? String(Object.getOwnPropertyDescriptor(maker, "name")?.value) : "null";
}
