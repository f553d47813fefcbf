/**
 * fragment — what one file contributes to the whole program: its functions, calls, value flows and shapes.
 *
 * A fragment holds nodes of its own file and no types, so it outlives the checker: when another file changes, it is linked again as it is.
 */
import type { PointKind } from "./facts.ts";
import type { GraphNode, Location } from "./names.ts";
import type { Node, Typ } from "./oracle.ts";

/** A function, a class (what `new C()` runs), a field initialiser, a static block, or the module itself. */
export interface Fn {
  /** The function as a value; `call(id)` is "may switch". */
  readonly id: Location;
  /** `call(own)`: may switch whatever is passed to its parameters. */
  readonly own: Location;
  /** The function around it, or `nowhere`. */
  readonly parent: Location;
  readonly params: readonly Param[];
  readonly result: Location;
  readonly start: number;
  readonly end: number;
  readonly name: string;
  /** Can other packages call it? */
  readonly exported: boolean;
  /** What a call runs: the body; or (a generator) nothing before somebody advances the iterator; or its parameters, which may call something. */
  readonly runs: "body" | "generator" | "parameters";
}

export interface Param {
  readonly location: Location;
  readonly rest: boolean;
  /** Holds what the caller passed and nothing else: never assigned, no default. Its calls are charged to each caller separately. */
  readonly faithful: boolean;
  /** What is passed may itself be called or advanced, by its type. */
  readonly runnable: boolean;
}

export interface Arg {
  readonly location: Location;
  /** The argument is just a faithful parameter of a function around. */
  readonly param: Location;
  /** The argument is a function written in place. */
  readonly fn: Location;
  readonly spread: boolean;
}

/** How a function that is not in the project treats what it is given. */
export interface Foreign {
  readonly kind: "foreign";
  readonly name: string;
  /** Why calling it may switch by itself, if it may. */
  readonly root: string | undefined;
  /** The arguments it calls before it returns. */
  readonly calls: (index: number) => boolean;
  /** It is a builtin of the language or the host. */
  readonly library: boolean;
  /** Its package has a manifest. */
  readonly compiled: boolean;
  /** It was compiled, or is one of the builtins that can be suspended. */
  readonly suspendable: boolean;
  /** It may call functions that were stored in its receiver earlier. */
  readonly callsReceiver: boolean;
  /** What its callback returns is not handed to the callback again, as `reduce` does. */
  readonly visits: boolean;
  /** Its result may be a value about which the types say nothing. */
  readonly returnsAny: boolean;
  /** Its result may itself be one of the functions it was given, or an iterator over them. */
  readonly returnsCallable: boolean;
  /** Its result is something that was inside (`map.get(k)`), never the container itself. */
  readonly returnsElement: boolean;
  /** Its result is an intersection of what it was given. */
  readonly merges: boolean;
  /** Parameters that are objects with functions inside (`{ onData() {} }`), which it may call. */
  readonly opens: (index: number) => Typ | undefined;
}

export type Callee =
  | { readonly kind: "fn"; readonly fn: Location }
  | { readonly kind: "value"; readonly location: Location; readonly param: Location }
  /** The iterator in this value is advanced: a generator's body runs on. */
  | { readonly kind: "advance"; readonly location: Location }
  | {
      readonly kind: "member";
      readonly key: string;
      readonly name: string;
      readonly use: MemberUse;
      readonly direct: readonly Cell[];
    }
  | Foreign;

/** What is done with a member: called, read (a getter runs), written (a setter runs), iterated (its result is advanced). */
export type MemberUse = "call" | "get" | "set" | "iterate";

export interface Site {
  readonly fn: Location;
  readonly point: GraphNode;
  readonly kind: PointKind;
  readonly start: number;
  readonly end: number;
  readonly callees: readonly Callee[];
  readonly receiver: Location;
  readonly args: readonly Arg[];
  readonly result: Location;
}

/** Where one member of an object lives. */
export interface Cell {
  readonly location: Location;
  readonly method: Location;
  readonly getter: Location;
  readonly setter: Location;
  /** For `[Symbol.iterator]` methods: true when advancing the iterator may switch. */
  readonly iterate: Location;
  /** The member is not ours and switches: `Greenlet#switch`. */
  readonly root: string | undefined;
}

/** A kind of object that the program makes: a class, an object literal, an intersection. All its names, and the cells of its members. */
export interface Shape {
  readonly names: ReadonlySet<string>;
  readonly cells: ReadonlyMap<string, readonly Cell[]>;
}

/** The static type of a receiver: a shape fits when it has all these names. */
export interface TypeKey {
  readonly id: string;
  readonly required: readonly string[];
}

export interface MemberFlow {
  readonly key: string;
  readonly name: string;
  readonly location: Location;
  readonly direct: readonly Cell[];
}

export interface Root {
  readonly node: GraphNode;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

export interface Atomic {
  readonly start: number;
  readonly end: number;
  readonly arg: Arg;
}

/** A place where an accessor may run, if one of that name switches. */
export interface Use {
  readonly fn: Location;
  readonly node: Node;
  readonly way: "get" | "set" | "coerce";
  /** The expression or pattern whose type is the receiver's. */
  readonly over: Node;
  /** The member's name in the text; undefined in patterns and conversions. */
  readonly nameNode: Node | undefined;
}

export interface Fragment {
  readonly path: string;
  readonly hash: string;
  readonly length: number;
  /** Pairs: from, to. */
  readonly edges: readonly GraphNode[];
  readonly functions: readonly Fn[];
  readonly sites: readonly Site[];
  readonly uses: ReadonlyMap<string, readonly Use[]>;
  readonly shapes: readonly Shape[];
  readonly keys: ReadonlyMap<string, TypeKey>;
  readonly reads: readonly MemberFlow[];
  readonly writes: readonly MemberFlow[];
  readonly roots: readonly Root[];
  readonly atomics: readonly Atomic[];
}
