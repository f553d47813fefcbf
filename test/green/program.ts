// Runs one program compiled: node test/green/program.ts test/green/programs/end.ts
import { load } from "./load.ts";

await load(process.argv[2]!, "compiled");
