import { apply } from "../calls.ts";
import { isObject } from "../../core/object.ts";
import type { Callback, Indexed } from "../check.ts";
import { lengthOf, toText } from "../coerce.ts";
import { defineProperty, deleteProperty, hasOwn, is, isArray, keys } from "../natives.ts";
import { get } from "../through.ts";

const native: (text: string, reviver?: Callback) => unknown = JSON.parse;

/** What was parsed, with the source text of each primitive value, where the host tells it. */
interface Snapshot {
  readonly value: unknown;
  readonly source: string | undefined;
}

/** Whether this host passes revivers a third argument (ECMA-262 since 2026). */
const passesContext = native("0", (_key, _value, context) => isObject(context)) === true;

/** `JSON.parse` (ECMA-262 §25.5.1). */
export function parse(input?: unknown, reviver?: unknown): unknown {
  const text = toText(input);
  const value = native(text);
  if (typeof reviver !== "function") return value;
  return internalise({ "": value }, "", reviver as Callback, snapshotOf(text));
}

/** The same text once more, each value in a snapshot. */
function snapshotOf(text: string): Snapshot | undefined {
  if (!passesContext) return undefined;
  return native(text, (_key, value, context) => ({
    value,
    source: (context as { source?: string }).source,
  })) as Snapshot;
}

/** InternalizeJSONProperty (§25.5.1.1): children first, then the value itself. */
function internalise(holder: Indexed, key: string, reviver: Callback, snapshot: Snapshot | undefined): unknown {
  const value = get(holder, key);
  if (isObject(value)) {
    const children = isObject(snapshot?.value) ? snapshot.value : undefined;
    if (isArray(value)) internaliseItems(value as never, reviver, isArray(children) ? (children as never) : undefined);
    else internaliseProperties(value, reviver, isArray(children) ? undefined : children);
  }
  return apply(reviver, holder, passesContext ? [key, value, contextOf(value, snapshot)] : [key, value]);
}

/** The source text belongs to a primitive that is still the one that was parsed. */
function contextOf(value: unknown, snapshot: Snapshot | undefined): object {
  const unchanged = snapshot?.source !== undefined && is(value, snapshot.value);
  return unchanged ? { source: snapshot.source } : {};
}

function internaliseItems(list: Indexed, reviver: Callback, children: Indexed | undefined): void {
  const length = lengthOf(list);
  for (let k = 0; k < length; k++) internaliseChild(list, `${k}`, reviver, children);
}

function internaliseProperties(object: Indexed, reviver: Callback, children: Indexed | undefined): void {
  const names = keys(object);
  for (let k = 0; k < names.length; k++) internaliseChild(object, names[k]!, reviver, children);
}

function internaliseChild(object: Indexed, key: string, reviver: Callback, children: Indexed | undefined): void {
  const snapshot = children !== undefined && hasOwn(children, key) ? (children[key] as Snapshot) : undefined;
  const value = internalise(object, key, reviver, snapshot);
  if (value === undefined) deleteProperty(object, key);
  else defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
}
