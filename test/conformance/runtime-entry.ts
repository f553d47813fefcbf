/** What a realm's copy of the runtime offers to compiled code and to the runner. */
import "../../runtime/builtins/install.ts";
import "../../runtime/classes/install.ts";
import "../../runtime/development/install.ts";
import "../../runtime/iteration/install.ts";
import "../../runtime/language/install.ts";
export * from "../../runtime/core/index.ts";
export * from "../../runtime/core/internal.ts";
