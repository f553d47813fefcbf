import { toObject } from "../check.ts";
import { toText } from "../coerce.ts";
import { indexOf, slice } from "../natives.ts";
import { get } from "../through.ts";

/**
 * GetSubstitution (ECMA-262 §22.1.3.19.1): a replacement template with its `$…` filled in.
 * @param matched the text that was found, at `position` of `text`
 * @param captures what the groups captured; undefined for a group that took no part
 * @param groups the object of the named groups, undefined when there are none
 */
export function substitute(
  matched: string,
  text: string,
  position: number,
  captures: readonly unknown[],
  groups: unknown,
  template: string,
): string {
  let result = "";
  let end = 0;
  for (let at = indexOf(template, "$", 0); at !== -1; at = indexOf(template, "$", end)) {
    result += slice(template, end, at);
    const sign = template[at + 1];
    if (sign === "<" && groups !== undefined) {
      const close = indexOf(template, ">", at + 2);
      result += close === -1 ? "$<" : named(groups, slice(template, at + 2, close));
      end = close === -1 ? at + 2 : close + 1;
    } else {
      const { insert, width } = unnamed(matched, text, position, captures, template, at);
      result += insert;
      end = at + width;
    }
  }
  return result + slice(template, end, template.length);
}

function named(groups: unknown, name: string): string {
  const capture = get(toObject(groups), name);
  return capture === undefined ? "" : toText(capture);
}

interface Piece {
  readonly insert: string;
  /** How much of the template it replaces. */
  readonly width: number;
}

/** What stands for `$$`, `$&`, `` $` ``, `$'` or `$12` at `at`, and how long that is in the template. */
function unnamed(
  matched: string,
  text: string,
  position: number,
  captures: readonly unknown[],
  template: string,
  at: number,
): Piece {
  switch (template[at + 1]) {
    case "$":
      return { insert: "$", width: 2 };
    case "&":
      return { insert: matched, width: 2 };
    case "`":
      return { insert: slice(text, 0, position), width: 2 };
    case "'":
      return { insert: slice(text, position + matched.length, text.length), width: 2 };
    default:
      return numbered(captures, template, at);
  }
}

/** `$1` … `$99`: two digits if there are that many groups, else one; anything else stays as it is. */
function numbered(captures: readonly unknown[], template: string, at: number): Piece {
  for (let digits = 2; digits > 0; digits--) {
    const text = slice(template, at + 1, at + 1 + digits);
    if (text.length === digits && isDigits(text) && +text > 0 && +text <= captures.length) {
      const capture = captures[+text - 1];
      return { insert: capture === undefined ? "" : (capture as string), width: 1 + digits };
    }
  }
  return { insert: "$", width: 1 };
}

function isDigits(text: string): boolean {
  for (let k = 0; k < text.length; k++) if (text[k]! < "0" || text[k]! > "9") return false;
  return true;
}
