import { apply } from "../calls.ts";
import { isObject } from "../../core/object.ts";
import type { Callback, Indexed } from "../check.ts";
import { lengthOf, toNumber, toText } from "../coerce.ts";
import { defineItem } from "../define.ts";
import { callNative, getPrototypeOf, isArray, keys, min, slice, trunc } from "../natives.ts";
import { get } from "../through.ts";

const native: (value: unknown) => string | undefined = JSON.stringify;

/** What stays the same for one call of `stringify`, and the objects being written, outermost first. */
interface Writing {
  readonly replacer: Callback | undefined;
  /** The only properties to write, when a list was given. */
  readonly allowed: readonly string[] | undefined;
  readonly gap: string;
  readonly open: object[];
}

/** `JSON.stringify` (ECMA-262 §25.5.2). */
export function stringify(value?: unknown, replacer?: unknown, space?: unknown): string | undefined {
  const allowed = typeof replacer !== "function" && isArray(replacer) ? allowedNames(replacer as never) : undefined;
  const gap = gapOf(space);
  const writing: Writing = {
    replacer: typeof replacer === "function" ? (replacer as Callback) : undefined,
    allowed,
    gap,
    open: [],
  };
  return property({ "": value }, "", value, writing, "");
}

/** The strings and numbers of a replacer list, each once. */
function allowedNames(list: Indexed): string[] {
  const seen = Object.create(null) as Record<string, true>;
  const names: string[] = [];
  const length = lengthOf(list);
  for (let k = 0; k < length; k++) {
    const item = get(list, k);
    if (!isName(item)) continue;
    const name = toText(item);
    if (seen[name]) continue;
    seen[name] = true;
    defineItem(names, names.length, name);
  }
  return names;
}

function isName(item: unknown): boolean {
  if (typeof item === "string" || typeof item === "number") return true;
  const kind = kindOf(item);
  return kind === "String" || kind === "Number";
}

/** What one level is indented by. */
function gapOf(space: unknown): string {
  let unwrapped = space;
  const kind = kindOf(space);
  if (kind === "Number") unwrapped = toNumber(space);
  else if (kind === "String") unwrapped = toText(space);
  if (typeof unwrapped === "number")
    return slice("          ", 0, min(10, trunc(unwrapped) > 0 ? trunc(unwrapped) : 0));
  return typeof unwrapped === "string" ? slice(unwrapped, 0, 10) : "";
}

type Primitive = "Number" | "String" | "Boolean" | "BigInt";

const unwrap: Readonly<Record<Primitive, () => unknown>> = {
  Number: Number.prototype.valueOf,
  String: String.prototype.valueOf,
  Boolean: Boolean.prototype.valueOf,
  BigInt: BigInt.prototype.valueOf,
};

const objectPrototype = Object.prototype;
const { toString } = objectPrototype;

/** Which primitive an object is wrapped around; undefined for all others, that is nearly always. */
function kindOf(value: unknown): Primitive | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const prototype = getPrototypeOf(value);
  if (prototype === null || prototype === objectPrototype) return undefined;
  const tag = callNative(toString, value, []);
  // An object that names no tag of its own can't hide what it is.
  return tag === "[object Object]" || tag === "[object Array]" ? undefined : unwrappable(value);
}

/** The kind whose `valueOf` accepts the object. */
function unwrappable(value: object): Primitive | undefined {
  for (const kind of keys(unwrap) as Primitive[]) {
    try {
      callNative(unwrap[kind], value, []);
      return kind;
    } catch {
      // Not this one.
    }
  }
  return undefined;
}

/** SerializeJSONProperty (§25.5.2.2): undefined for what JSON has no word for. */
function property(holder: Indexed, key: string, found: unknown, writing: Writing, indent: string): string | undefined {
  let value = found;
  if (isObject(value) || typeof value === "bigint") {
    const toJSON = get(value, "toJSON");
    if (typeof toJSON === "function") value = apply(toJSON, value, [key]);
  }
  if (writing.replacer !== undefined) value = apply(writing.replacer, holder, [key, value]);
  if (typeof value === "object" && value !== null) return object(value as Indexed, writing, indent);
  return primitive(value);
}

function primitive(value: unknown): string | undefined {
  if (typeof value === "bigint") throw new TypeError("Do not know how to serialize a BigInt");
  // Also for functions, which may have a `toJSON` that was called already.
  return typeof value === "function" || typeof value === "symbol" ? undefined : native(value);
}

/** An object, an array, or the object around a primitive. */
function object(value: Indexed, writing: Writing, indent: string): string | undefined {
  if (isArray(value)) return nested(value, writing, indent, items);
  if (isRawJSON(value)) return native(value);
  switch (kindOf(value)) {
    case "Number":
      return native(toNumber(value));
    case "String":
      return native(toText(value));
    case "Boolean":
      return native(callNative(unwrap.Boolean, value, []));
    case "BigInt":
      return primitive(callNative(unwrap.BigInt, value, []));
    default:
      return nested(value, writing, indent, members);
  }
}

const rawJSON = Reflect.get(JSON, "isRawJSON") as ((value: unknown) => boolean) | undefined;
const isRawJSON = (value: unknown): boolean => rawJSON !== undefined && rawJSON(value);

type Part = (value: Indexed, writing: Writing, indent: string) => string;

/** Refuses a cycle, and forgets the object afterwards; an error ends the whole call, so nothing is left to undo. */
function nested(value: Indexed, writing: Writing, indent: string, part: Part): string {
  const { open } = writing;
  for (let k = 0; k < open.length; k++)
    if (open[k] === value) throw new TypeError("Converting circular structure to JSON");
  open[open.length] = value;
  const text = part(value, writing, indent);
  open.length--;
  return text;
}

/** SerializeJSONArray (§25.5.2.6). */
function items(list: Indexed, writing: Writing, indent: string): string {
  const inner = indent + writing.gap;
  const length = lengthOf(list);
  let text = "";
  for (let k = 0; k < length; k++) {
    const key = `${k}`;
    const value = get(list, k);
    const item = property(list, key, value, writing, inner);
    text += separated(text, item === undefined ? "null" : item, writing, inner);
  }
  return closed("[", text, "]", writing, indent);
}

/** SerializeJSONObject (§25.5.2.5). */
function members(value: Indexed, writing: Writing, indent: string): string {
  const inner = indent + writing.gap;
  const names = writing.allowed ?? keys(value);
  let text = "";
  for (let k = 0; k < names.length; k++) {
    const key = names[k]!;
    const found = get(value, key);
    const member = property(value, key, found, writing, inner);
    if (member === undefined) continue;
    const colon = writing.gap === "" ? ":" : ": ";
    text += separated(text, native(key)! + colon + member, writing, inner);
  }
  return closed("{", text, "}", writing, indent);
}

/** The comma before any but the first part, and the new line of an indented text. */
function separated(before: string, part: string, writing: Writing, inner: string): string {
  const line = writing.gap === "" ? "" : `\n${inner}`;
  return (before === "" ? "" : ",") + line + part;
}

function closed(open: string, text: string, close: string, writing: Writing, indent: string): string {
  if (text === "" || writing.gap === "") return open + text + close;
  return `${open}${text}\n${indent}${close}`;
}
