/** Compilers with a known mistake: the real one, given a source in which the mistake is already made. For the test of the fuzzer only. */
import { transformSync, types as t, type PluginObject } from "@babel/core";
import type { Compile } from "../conformance/translate.ts";

type Visitor = NonNullable<PluginObject["visitor"]>;

/** `a.b + f()` → `($late = f(), a.b + $late)`: the left operand is read too late. */
const evaluationOrder: Visitor = {
  BinaryExpression({ node }) {
    if (
      !t.isExpression(node.left) ||
      t.isPrivateName(node.left) ||
      t.isLiteral(node.left) ||
      !t.isCallExpression(node.right)
    )
      return;
    const late = t.identifier("$late");
    const first = t.assignmentExpression("=", late, node.right);
    node.right = late;
    node.left = t.sequenceExpression([first, node.left]);
  },
};

/** `for (let i …)` → `for (var i …)`: one binding for all turns. */
const sharedBinding: Visitor = {
  ForStatement({ node: { init } }) {
    if (t.isVariableDeclaration(init, { kind: "let" })) Object.assign(init, { kind: "var" });
  },
};

/** `try { … } finally { f }` → `{ … f }`: a jump or an error passes by the finaliser. */
const skippedFinally: Visitor = {
  TryStatement(path) {
    const { block, handler, finalizer } = path.node;
    if (finalizer === null || finalizer === undefined) return;
    path.replaceWith(t.blockStatement([handler ? t.tryStatement(block, handler) : block, finalizer]));
  },
};

const mistakes = { evaluationOrder, sharedBinding, skippedFinally };

export type Mistake = keyof typeof mistakes;

export function broken(compile: Compile, mistake: Mistake): Compile {
  return (source, options) => {
    const plugin = (): PluginObject => ({ visitor: mistakes[mistake] });
    const mutated = transformSync(`${source}\nvar $late;`, {
      plugins: [plugin],
      configFile: false,
      babelrc: false,
      sourceType: "script",
    });
    return compile(mutated?.code ?? source, options);
  };
}
