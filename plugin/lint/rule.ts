/**
 * rule — the part of a lint rule's interface that ESLint and oxlint share, as far as we use it.
 */
export interface Place {
  readonly type: string;
  readonly range: readonly [number, number];
}

/** Any ESTree node: its fields depend on its type. */
export interface LintNode extends Place {
  readonly [field: string]: unknown;
}

export interface RuleContext {
  readonly filename: string;
  readonly options: readonly unknown[];
  readonly sourceCode: { readonly text: string; readonly ast: LintNode };
  report(problem: {
    readonly node: LintNode;
    readonly messageId: string;
    readonly data?: Readonly<Record<string, string>>;
  }): void;
}

export interface Rule {
  readonly meta: {
    readonly type: "problem" | "suggestion";
    readonly docs: { readonly description: string };
    readonly messages: Readonly<Record<string, string>>;
    readonly schema: readonly object[];
  };
  create(context: RuleContext): Readonly<Record<string, (node: LintNode) => void>>;
}

export interface Plugin {
  readonly meta: { readonly name: string };
  readonly rules: Readonly<Record<string, Rule>>;
}

/** Every rule takes `{ facts?: string }`: the facts file, when it is not at its usual place. */
export const factsSchema = [
  { type: "object", properties: { facts: { type: "string" } }, additionalProperties: false },
] as const;
