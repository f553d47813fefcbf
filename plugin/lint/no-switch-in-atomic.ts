import { chainFrom, showChain } from "../analyse/chain.ts";
import { factsFor } from "./facts-for.ts";
import { factsSchema, type Rule } from "./rule.ts";

/** `atomic(() => …)` promises that nothing inside switches; this finds where that is broken before it runs. */
export const noSwitchInAtomic: Rule = {
  meta: {
    type: "problem",
    docs: { description: "forbid code that may switch inside atomic()" },
    messages: { switches: "Something in this atomic block may switch: {{chain}}" },
    schema: factsSchema,
  },
  create(context) {
    const found = factsFor(context);
    if (found.state !== "fresh") return {};
    const broken = new Map(found.file.atomics.map(({ start, end, reason }) => [`${start}:${end}`, reason]));
    return {
      CallExpression(node) {
        const reason = broken.get(`${node.range[0]}:${node.range[1]}`);
        if (reason !== undefined)
          context.report({ node, messageId: "switches", data: { chain: showChain(chainFrom(found.facts, reason)) } });
      },
    };
  },
};
