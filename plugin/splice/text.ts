/** text — a text put together from pieces of a source and from printed nodes, with a map that is exact for both. */
import { encodedMappings, TraceMap } from "@jridgewell/trace-mapping";
import type { Printed, Segment } from "./print.ts";

/** A source map, version 3 (ECMA-426). */
export interface SourceMap {
  version: 3;
  sources: string[];
  sourcesContent: string[];
  names: string[];
  mappings: string;
}

/** Words, and every other character that is no white space. */
const TOKEN = /\n|[\w$]+|[^\w$\s]/g;

export class SplicedText {
  private readonly source: string;
  private readonly pieces: string[] = [];
  private readonly lines: Segment[][] = [[]];
  private readonly names = new Map<string, number>();
  /** Where the text ends so far, in its last line. */
  private column = 0;
  /** The source position up to which lines were counted, its line, and where that line begins. */
  private line = 0;
  private lineStart = 0;

  constructor(source: string) {
    this.source = source;
  }

  /** Adds the source from one offset to another. Offsets only grow from call to call. */
  keep(from: number, to: number): void {
    this.countLines(from);
    const text = this.source.slice(from, to);
    const column = this.column;
    let begin = 0;
    for (const { 0: token, index } of text.matchAll(TOKEN)) {
      if (token === "\n") {
        this.lines.push([]);
        begin = index + 1;
        this.column = 0;
        this.countLines(from + begin);
      } else {
        const at = (begin === 0 ? column : 0) + index - begin;
        this.lines.at(-1)!.push([at, 0, this.line, from + index - this.lineStart]);
      }
    }
    this.column = (begin === 0 ? column : 0) + text.length - begin;
    this.pieces.push(text);
  }

  /** Adds text that comes from nowhere. */
  add(text: string): void {
    if (text === "") return;
    this.write({ code: text, lines: [[[0]]], names: [] }, "");
  }

  /** Adds printed code; its lines but the first are indented. */
  write({ code, lines, names }: Printed, indent: string): void {
    const written = code.split("\n");
    written.forEach((text, row) => {
      if (row > 0) this.lines.push([]);
      const shift = row > 0 ? indent.length : this.column;
      for (const segment of lines[row] ?? []) this.lines.at(-1)!.push(this.shifted(segment, shift, names));
      this.column = (row > 0 && text !== "" ? indent.length : row > 0 ? 0 : this.column) + text.length;
    });
    this.pieces.push(written.map((text, row) => (row > 0 && text !== "" ? indent + text : text)).join("\n"));
  }

  toString(): string {
    return this.pieces.join("");
  }

  map(file: string): SourceMap {
    const map = { version: 3 as const, sources: [file], sourcesContent: [this.source], names: [...this.names.keys()] };
    return { ...map, mappings: encodedMappings(new TraceMap({ ...map, mappings: this.lines })) };
  }

  private shifted([column, source, line, from, name]: Segment, shift: number, names: readonly string[]): Segment {
    if (source === undefined || line === undefined || from === undefined) return [column + shift];
    return name === undefined
      ? [column + shift, 0, line, from]
      : [column + shift, 0, line, from, this.nameIndex(names[name] as string)];
  }

  private nameIndex(name: string): number {
    const known = this.names.get(name) ?? this.names.size;
    this.names.set(name, known);
    return known;
  }

  private countLines(offset: number): void {
    for (let next = this.source.indexOf("\n", this.lineStart); next >= 0 && next < offset;) {
      this.line++;
      this.lineStart = next + 1;
      next = this.source.indexOf("\n", this.lineStart);
    }
  }
}
