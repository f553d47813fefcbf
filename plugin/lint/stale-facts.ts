import { factsFor } from "./facts-for.ts";
import { factsSchema, type Rule } from "./rule.ts";

/** Says that the other rules are blind in this file. */
export const staleFacts: Rule = {
  meta: {
    type: "problem",
    docs: { description: "report files whose facts are missing or out of date" },
    messages: {
      stale: "The facts of this file are out of date: run `greenlets check`",
      absent: "This file is not in the analysed project",
      missing: "There are no facts: run `greenlets check`",
    },
    schema: factsSchema,
  },
  create(context) {
    const { state } = factsFor(context);
    if (state === "fresh") return {};
    return { Program: (node) => context.report({ node, messageId: state }) };
  },
};
