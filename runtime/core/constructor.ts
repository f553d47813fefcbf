const { construct } = Reflect;

/** Answers instead of the constructor below it. */
const standIn: ProxyHandler<() => void> = { construct: () => ({}) };

/** Whether `new value()` is possible (ECMA-262 §7.2.4). A proxy has [[Construct]] when its target has; the target itself is not touched. */
export function isConstructor(value: unknown): value is Function {
  if (typeof value !== "function") return false;
  try {
    construct(new Proxy(value as () => void, standIn), []);
    return true;
  } catch {
    return false;
  }
}
