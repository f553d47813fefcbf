import { apply } from "../calls.ts";
import { isObject } from "../../core/object.ts";
import type { Callback, Indexed } from "../check.ts";
import { lengthOf, toNumber, toText } from "../coerce.ts";
import { defineItem } from "../define.ts";
import { callNative, codeAt, getPrototypeOf, isArray, keys, min, slice, trunc } from "../natives.ts";
import { get, getToJSON } from "../through.ts";

const native: (value: unknown) => string | undefined = JSON.stringify;

/** What stays the same for one call of `stringify`, the objects being written, outermost first, and the text so far. */
interface Writing {
  readonly replacer: Callback | undefined;
  /** The only properties to write, when a list was given. */
  readonly allowed: readonly string[] | undefined;
  readonly gap: string;
  readonly open: object[];
  /** `"key":` for each key that was written already. */
  readonly heads: Record<string, string>;
  text: string;
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
    heads: Object.create(null) as Record<string, string>,
    text: "",
  };
  const written = prepared(writing, { "": value }, "", value);
  if (!hasWord(written)) return undefined;
  write(writing, written, "");
  return writing.text;
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

/** The first half of SerializeJSONProperty (§25.5.2.2): what stands for a property's value. */
function prepared(writing: Writing, holder: Indexed, key: string, found: unknown): unknown {
  let value = found;
  if (isObject(value) || typeof value === "bigint") {
    const toJSON = getToJSON(value);
    if (typeof toJSON === "function") value = apply(toJSON, value, [key]);
  }
  return writing.replacer === undefined ? value : apply(writing.replacer, holder, [key, value]);
}

/** False for what JSON has no word for. A function may have a `toJSON`, but that was called already. */
const hasWord = (value: unknown): boolean =>
  value !== undefined && typeof value !== "function" && typeof value !== "symbol";

/** The second half of SerializeJSONProperty: appends a value that JSON has a word for. */
function write(writing: Writing, value: unknown, indent: string): void {
  if (typeof value !== "object" || value === null) writing.text += primitive(value);
  else if (isArray(value)) items(writing, value as unknown as Indexed, indent);
  else {
    const kind = kindOf(value);
    if (kind !== undefined) writing.text += unwrapped(kind, value);
    else if (isRawJSON(value)) writing.text += native(value);
    else members(writing, value as Indexed, indent);
  }
}

function unwrapped(kind: Primitive, value: object): string {
  if (kind === "Number") return primitive(toNumber(value));
  return primitive(kind === "String" ? toText(value) : callNative(unwrap[kind], value, []));
}

function primitive(value: unknown): string {
  switch (typeof value) {
    case "string":
      return isSimple(value) ? `"${value}"` : native(value)!;
    case "number":
      return value - value === 0 ? `${value}` : "null";
    case "bigint":
      throw new TypeError("Do not know how to serialize a BigInt");
    default:
      return `${value as boolean | null}`;
  }
}

/** A short text without anything to escape: control characters, quotes, backslashes, halves of surrogate pairs. */
function isSimple(text: string): boolean {
  const { length } = text;
  if (length > 40) return false;
  for (let k = 0; k < length; k++) {
    const code = codeAt(text, k);
    if (code < 0x20 || code === 0x22 || code === 0x5c || code >= 0xd800) return false;
  }
  return true;
}

const rawJSON = Reflect.get(JSON, "isRawJSON") as ((value: unknown) => boolean) | undefined;
const isRawJSON = (value: object): boolean => rawJSON !== undefined && getPrototypeOf(value) === null && rawJSON(value);

/** Refuses a cycle. What is opened is closed again; an error ends the whole call, so nothing is left to undo. */
function open({ open: opened }: Writing, value: object): void {
  for (let k = 0; k < opened.length; k++)
    if (opened[k] === value) throw new TypeError("Converting circular structure to JSON");
  opened[opened.length] = value;
}

/** SerializeJSONArray (§25.5.2.6). */
function items(writing: Writing, list: Indexed, indent: string): void {
  open(writing, list);
  const inner = indent + writing.gap;
  const length = lengthOf(list);
  writing.text += "[";
  for (let k = 0; k < length; k++) {
    const found = get(list, k);
    const value = prepared(writing, list, `${k}`, found);
    writing.text += separator(writing, k === 0, inner);
    if (hasWord(value)) write(writing, value, inner);
    else writing.text += "null";
  }
  writing.text += closed(writing, length === 0, indent, "]");
  writing.open.length--;
}

/** SerializeJSONObject (§25.5.2.5). */
function members(writing: Writing, value: Indexed, indent: string): void {
  open(writing, value);
  const inner = indent + writing.gap;
  const names = writing.allowed ?? keys(value);
  let isEmpty = true;
  writing.text += "{";
  for (let k = 0; k < names.length; k++) {
    const key = names[k]!;
    const found = get(value, key);
    const member = prepared(writing, value, key, found);
    if (!hasWord(member)) continue;
    writing.text += separator(writing, isEmpty, inner) + headOf(writing, key);
    isEmpty = false;
    write(writing, member, inner);
  }
  writing.text += closed(writing, isEmpty, indent, "}");
  writing.open.length--;
}

/** `"key":`, or `"key": ` in indented text. */
const headOf = ({ heads, gap }: Writing, key: string): string =>
  (heads[key] ??= `${native(key)}:${gap === "" ? "" : " "}`);

/** The comma before any but the first part, and the new line of an indented text. */
function separator({ gap }: Writing, isFirst: boolean, inner: string): string {
  const comma = isFirst ? "" : ",";
  return gap === "" ? comma : `${comma}\n${inner}`;
}

function closed({ gap }: Writing, isEmpty: boolean, indent: string, close: string): string {
  return isEmpty || gap === "" ? close : `\n${indent}${close}`;
}
