/**
 * no-shared-write-across-switch — the lost update.
 *
 *   const n = account.balance;      read
 *   audit(account);                 may switch: another greenlet may change account.balance
 *   account.balance = n - 10;       written from what was read before
 *
 *   In     facts, and one function's own text (no types, no data flow)
 *   Out    a report at the write
 *   Keeps  what is shared is guessed by its name: a member chain (`account.balance`), or a variable that the function does not declare.
 *          Only the order of the text counts, so a write that reads its target again (`x.n += 1`, `x.n = x.n + 1`) is fine
 */
import { factsFor } from "./facts-for.ts";
import { factsSchema, type LintNode, type Rule } from "./rule.ts";
import { childrenOf, isFunction, isNode } from "./tree.ts";

export const noSharedWriteAcrossSwitch: Rule = {
  meta: {
    type: "problem",
    docs: { description: "forbid writing shared state from a value read before a switch" },
    messages: {
      lost: "`{{name}}` was read before a call that may switch (line {{line}}) and is written after it: another greenlet's change would be lost",
    },
    schema: factsSchema,
  },
  create(context) {
    const found = factsFor(context);
    if (found.state !== "fresh" || found.file.points.length === 0) return {};
    const points = new Set(found.file.points.map(({ start, end }) => `${start}:${end}`));
    const check = (node: LintNode): void => {
      for (const { write, name, point } of lostUpdates(node, points))
        context.report({
          node: write,
          messageId: "lost",
          data: { name, line: String(lineOf(context.sourceCode.text, point)) },
        });
    };
    return { FunctionDeclaration: check, FunctionExpression: check, ArrowFunctionExpression: check };
  },
};

interface Event {
  readonly kind: "read" | "write" | "switch";
  readonly name: string;
  readonly node: LintNode;
}

interface Lost {
  readonly write: LintNode;
  readonly name: string;
  readonly point: LintNode;
}

/** A write whose latest read of the same name lies before the latest switch. */
function lostUpdates(fn: LintNode, points: ReadonlySet<string>): Lost[] {
  const own = declaredIn(fn);
  const events: Event[] = [];
  for (const child of childrenOf(fn)) collect(child, points, events);
  const reads = new Map<string, number>();
  const lost: Lost[] = [];
  let switchedAt = -1;
  let point: LintNode | undefined;
  events.forEach(({ kind, name, node }, at) => {
    if (kind === "switch") [switchedAt, point] = [at, node];
    else if (kind === "read") reads.set(name, at);
    else if (point !== undefined && !own.has(name) && (reads.get(name) ?? Infinity) < switchedAt)
      lost.push({ write: node, name, point });
  });
  return lost;
}

/** What happens, in the order of evaluation: operands before the call, the right side before the write. */
function collect(node: LintNode, points: ReadonlySet<string>, events: Event[]): void {
  if (isFunction(node)) return;
  if (node.type === "AssignmentExpression") return collectAssignment(node, points, events);
  if (node.type === "UpdateExpression") return;
  for (const child of evaluated(node)) collect(child, points, events);
  const name = nameOf(node);
  if (name !== undefined) events.push({ kind: "read", name, node });
  if (points.has(`${node.range[0]}:${node.range[1]}`)) events.push({ kind: "switch", name: "", node });
}

/** Names of properties, labels and declarations are no reads. */
function evaluated(node: LintNode): LintNode[] {
  const skipped = new Set<unknown>();
  if (node.type === "MemberExpression" && node["computed"] !== true) skipped.add(node["property"]);
  if (node.type === "Property" && node["computed"] !== true) skipped.add(node["key"]);
  if (node.type === "VariableDeclarator") skipped.add(node["id"]);
  return childrenOf(node).filter((child) => !skipped.has(child));
}

function collectAssignment(node: LintNode, points: ReadonlySet<string>, events: Event[]): void {
  const { left, right, operator } = node as LintNode & { left: LintNode; right: LintNode; operator: string };
  const name = nameOf(left);
  if (left.type === "MemberExpression") for (const child of evaluated(left)) collect(child, points, events);
  if (operator !== "=" && name !== undefined) events.push({ kind: "read", name, node: left });
  collect(right, points, events);
  if (name !== undefined) events.push({ kind: "write", name, node });
}

/** `account.balance`, `this.#count`, `total`; undefined when a part is computed. */
function nameOf(node: unknown): string | undefined {
  if (!isNode(node)) return undefined;
  if (node.type === "Identifier" || node.type === "PrivateIdentifier")
    return node.type === "Identifier" ? String(node["name"]) : `#${String(node["name"])}`;
  if (node.type === "ThisExpression") return "this";
  if (node.type !== "MemberExpression" || node["computed"] === true) return undefined;
  const object = nameOf(node["object"]);
  const property = nameOf(node["property"]);
  return object === undefined || property === undefined ? undefined : `${object}.${property}`;
}

/** Parameters and variables of the function: nobody else can write them (closures aside). */
function declaredIn(fn: LintNode): Set<string> {
  const names = new Set<string>();
  const declare = (pattern: unknown): void => {
    if (!isNode(pattern)) return;
    if (pattern.type === "Identifier") names.add(String(pattern["name"]));
    else for (const child of childrenOf(pattern)) declare(child);
  };
  const visit = (node: LintNode): void => {
    if (node.type === "VariableDeclarator") declare(node["id"]);
    if (!isFunction(node)) for (const child of childrenOf(node)) visit(child);
  };
  for (const param of fn["params"] as unknown[]) declare(param);
  for (const child of childrenOf(fn)) visit(child);
  return names;
}

function lineOf(text: string, node: LintNode): number {
  return text.slice(0, node.range[0]).split("\n").length;
}
