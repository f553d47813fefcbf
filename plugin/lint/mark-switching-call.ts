import { chainFrom, showChain } from "../analyse/chain.ts";
import { factsFor } from "./facts-for.ts";
import { factsSchema, type LintNode, type Rule } from "./rule.ts";

/** Marks every suspension point, with the chain down to the switch. Meant for editors, at the level of a hint. */
export const markSwitchingCall: Rule = {
  meta: {
    type: "suggestion",
    docs: { description: "mark calls that may switch to another greenlet" },
    messages: { switches: "May switch: {{chain}}" },
    schema: factsSchema,
  },
  create(context) {
    const found = factsFor(context);
    if (found.state !== "fresh") return {};
    const points = new Map(found.file.points.map((point) => [`${point.start}:${point.end}`, point]));
    const mark = (node: LintNode): void => {
      const point = points.get(`${node.range[0]}:${node.range[1]}`);
      if (point !== undefined)
        context.report({
          node,
          messageId: "switches",
          data: { chain: showChain(chainFrom(found.facts, point.reason)) },
        });
    };
    return Object.fromEntries(
      ["CallExpression", "NewExpression", "TaggedTemplateExpression", "MemberExpression", "ForOfStatement"].map(
        (type) => [type, mark],
      ),
    );
  },
};
