import { add, talk } from "./main.ts";

const [task] = process.argv.slice(2);
console.log(task === "plain" ? String(add) : task === "stop" ? talk("A", "stop") : talk("A", "B"));
