/** True for what the specification calls an Object: functions too. */
export function isObject(value: unknown): value is Record<PropertyKey, unknown> {
  return typeof value === "object" ? value !== null : typeof value === "function";
}

/** What a value is, for error messages. */
export function kindOf(value: unknown): string {
  return value === null ? "null" : typeof value;
}
