// work.js → .compiled/stopify.js, with what is installed in .installed. Stopify is a plugin for Babel 6.
const { mkdirSync, readFileSync, writeFileSync } = require("node:fs");
const { createRequire } = require("node:module");
const { join } = require("node:path");

const bench = join(__dirname, "../..");
const load = createRequire(join(bench, ".installed/package.json"));
const babel = load("babel-core");
const t = load("babel-types");
const stopify = load("@stopify/continuations");
const hygiene = load("@stopify/hygiene");
const { transformFromAst } = load("@stopify/util");

/** `$rts.name` */
const member = (name) => t.memberExpression(t.identifier("$rts"), t.identifier(name));

const onDone = t.functionExpression(
  t.identifier("done"),
  [t.identifier("result")],
  t.blockStatement([t.returnStatement(t.callExpression(member("onDone"), [t.identifier("result")]))]),
);

/** Captures by returning a sentinel: the fastest of its four ways on these workloads. */
const options = {
  captureMethod: "retval",
  newMethod: "direct",
  es: "sane",
  jsArgs: "simple",
  getters: false,
  debug: false,
  eval2: false,
  compileMode: "normal",
  requireRuntime: false,
  sourceMap: { getLine: () => null },
  onDone,
};

const visitor = {
  Program(path, state) {
    transformFromAst(path, [[hygiene.plugin, state.opts]]);
    transformFromAst(path, [[stopify.plugin, options]]);
    path.stop();
  },
};

const source = readFileSync(join(__dirname, "work.js"), "utf8");
const { code } = babel.transform(source, {
  plugins: [[() => ({ visitor }), { reserved: [...stopify.reserved], global: member("g") }]],
  babelrc: false,
  comments: false,
});
mkdirSync(join(bench, ".compiled"), { recursive: true });
writeFileSync(join(bench, ".compiled/stopify.cjs"), `module.exports = function (stopify, $rts) {\n${code}\n};\n`);
