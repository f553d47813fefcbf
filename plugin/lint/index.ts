/**
 * The lint plugin of greenlets, for ESLint and oxlint alike: `import greenlets from "greenlets-plugin/lint"`.
 *
 * Its rules read the facts that `greenlets check` wrote; they ask no type checker, so they run where typed rules don't. A file without facts,
 * or whose text has changed since, is passed over in silence, except by `stale-facts`.
 */
import { markSwitchingCall } from "./mark-switching-call.ts";
import { noSharedWriteAcrossSwitch } from "./no-shared-write-across-switch.ts";
import { noSwitchInAtomic } from "./no-switch-in-atomic.ts";
import type { Plugin } from "./rule.ts";
import { staleFacts } from "./stale-facts.ts";

const plugin: Plugin = {
  meta: { name: "greenlets" },
  rules: {
    "mark-switching-call": markSwitchingCall,
    "no-shared-write-across-switch": noSharedWriteAcrossSwitch,
    "no-switch-in-atomic": noSwitchInAtomic,
    "stale-facts": staleFacts,
  },
};

export default plugin;
