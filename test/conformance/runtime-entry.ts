/** What a realm's copy of the runtime offers to compiled code and to the runner. */
import "../../runtime/builtins/install.ts";
export * from "../../runtime/core/index.ts";
export * from "../../runtime/core/internal.ts";
