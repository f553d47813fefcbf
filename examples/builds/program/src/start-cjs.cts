import program = require("./main.ts");

const { add, talk } = program;
const [task] = process.argv.slice(2);
console.log(task === "plain" ? String(add) : task === "stop" ? talk("A", "stop") : talk("A", "B"));
