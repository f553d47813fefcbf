// An interpreter for a small language with closures: a lexer, a parser by precedence, and an evaluator that walks the tree.

type Value = number | boolean | null | Closure | Native | Value[];
type Native = (...values: Value[]) => Value;

interface Closure {
  parameters: string[];
  body: Expression;
  scope: Scope;
}

type Expression =
  | { kind: "literal"; value: Value }
  | { kind: "name"; name: string }
  | { kind: "let" | "set"; name: string; value: Expression }
  | { kind: "binary"; operator: string; left: Expression; right: Expression }
  | { kind: "if"; test: Expression; yes: Expression; no: Expression }
  | { kind: "while"; test: Expression; body: Expression }
  | { kind: "block"; body: Expression[] }
  | { kind: "function"; parameters: string[]; body: Expression }
  | { kind: "call"; callee: Expression; values: Expression[] };

class Scope {
  private readonly names = new Map<string, Value>();
  private readonly parent: Scope | null;

  constructor(parent: Scope | null) {
    this.parent = parent;
  }

  declare(name: string, value: Value): void {
    this.names.set(name, value);
  }

  get(name: string): Value {
    return this.owner(name).names.get(name)!;
  }

  set(name: string, value: Value): void {
    this.owner(name).names.set(name, value);
  }

  private owner(name: string): Scope {
    let scope: Scope | null = this;
    while (scope !== null && !scope.names.has(name)) scope = scope.parent;
    if (scope === null) throw new ReferenceError(`There is no ${name}.`);
    return scope;
  }
}

const LEVELS: Record<string, number> = { "<": 1, "==": 1, "+": 2, "-": 2, "*": 3, "%": 3 };

class Parser {
  private readonly tokens: string[];
  private at = 0;

  constructor(source: string) {
    this.tokens = source.match(/[a-z]+|\d+|==|[-+*%<=(){},;]/g) ?? [];
  }

  program(): Expression {
    const body: Expression[] = [];
    while (this.at < this.tokens.length) body.push(this.statement());
    return { kind: "block", body };
  }

  private statement(): Expression {
    const expression = this.expression(0);
    this.accept(";");
    return expression;
  }

  private expression(level: number): Expression {
    let left = this.postfix(this.primary());
    for (;;) {
      const operator = this.tokens[this.at] ?? "";
      const next = LEVELS[operator];
      if (next === undefined || next <= level) return left;
      this.at++;
      left = { kind: "binary", operator, left, right: this.expression(next) };
    }
  }

  private primary(): Expression {
    const token = this.tokens[this.at++]!;
    if (/\d/.test(token)) return { kind: "literal", value: Number(token) };
    if (token === "(") return this.enclosed();
    if (token === "{") return this.block();
    if (token === "let") return this.binding();
    if (token === "fn")
      return { kind: "function", parameters: this.list(() => this.tokens[this.at++]!), body: this.expression(0) };
    if (token === "if") return this.choice();
    if (token === "while") return { kind: "while", test: this.expression(0), body: this.expression(0) };
    if (this.accept("=")) return { kind: "set", name: token, value: this.expression(0) };
    return { kind: "name", name: token };
  }

  private postfix(callee: Expression): Expression {
    let expression = callee;
    while (this.tokens[this.at] === "(") {
      expression = { kind: "call", callee: expression, values: this.list(() => this.expression(0)) };
    }
    return expression;
  }

  private enclosed(): Expression {
    const expression = this.expression(0);
    this.expect(")");
    return expression;
  }

  private block(): Expression {
    const body: Expression[] = [];
    while (!this.accept("}")) body.push(this.statement());
    return { kind: "block", body };
  }

  private binding(): Expression {
    const name = this.tokens[this.at++]!;
    this.expect("=");
    return { kind: "let", name, value: this.expression(0) };
  }

  private choice(): Expression {
    const test = this.expression(0);
    const yes = this.expression(0);
    const no: Expression = this.accept("else") ? this.expression(0) : { kind: "literal", value: null };
    return { kind: "if", test, yes, no };
  }

  private list<Item>(read: () => Item): Item[] {
    const items: Item[] = [];
    this.expect("(");
    while (!this.accept(")")) {
      items.push(read());
      this.accept(",");
    }
    return items;
  }

  private accept(token: string): boolean {
    if (this.tokens[this.at] !== token) return false;
    this.at++;
    return true;
  }

  private expect(token: string): void {
    if (!this.accept(token)) throw new SyntaxError(`Expected ${token} at token ${this.at}.`);
  }
}

function evaluate(expression: Expression, scope: Scope): Value {
  switch (expression.kind) {
    case "literal":
      return expression.value;
    case "name":
      return scope.get(expression.name);
    case "let":
    case "set":
      return assign(expression, scope);
    case "binary":
      return binary(expression.operator, evaluate(expression.left, scope), evaluate(expression.right, scope));
    case "if":
      return evaluate(truthy(evaluate(expression.test, scope)) ? expression.yes : expression.no, scope);
    case "while":
      while (truthy(evaluate(expression.test, scope))) evaluate(expression.body, scope);
      return null;
    case "block":
      return block(expression.body, new Scope(scope));
    case "function":
      return { parameters: expression.parameters, body: expression.body, scope };
    case "call":
      return apply(
        evaluate(expression.callee, scope),
        expression.values.map((value) => evaluate(value, scope)),
      );
  }
}

function assign({ kind, name, value }: { kind: "let" | "set"; name: string; value: Expression }, scope: Scope): Value {
  const result = evaluate(value, scope);
  if (kind === "let") scope.declare(name, result);
  else scope.set(name, result);
  return result;
}

function block(body: Expression[], scope: Scope): Value {
  let result: Value = null;
  for (const expression of body) result = evaluate(expression, scope);
  return result;
}

function apply(callee: Value, values: Value[]): Value {
  if (typeof callee === "function") return callee(...values);
  const { parameters, body, scope } = callee as Closure;
  const inner = new Scope(scope);
  for (const [i, name] of parameters.entries()) inner.declare(name, values[i] ?? null);
  return evaluate(body, inner);
}

function binary(operator: string, left: Value, right: Value): Value {
  const [a, b] = [left as number, right as number];
  switch (operator) {
    case "+":
      return a + b;
    case "-":
      return a - b;
    case "*":
      return a * b;
    case "%":
      return a % b;
    case "<":
      return a < b;
    default:
      return a === b;
  }
}

function truthy(value: Value): boolean {
  return value !== null && value !== false && value !== 0;
}

const PROGRAM = `
  let fib = fn (n) if (n < 2) n else fib(n - 1) + fib(n - 2);
  let counter = fn () { let n = 0; fn () { n = n + 1; n } };
  let sieve = fn (n) {
    let found = 0; let flags = list(n); let i = 2;
    while (i < n) {
      if (get(flags, i) == 0) { found = found + 1; let j = i * i; while (j < n) { put(flags, j, 1); j = j + i } };
      i = i + 1
    };
    found
  };
  let tick = counter(); let i = 0;
  while (i < 300) { tick(); i = i + 1 };
  fib(14) * 1000 + sieve(900) + tick()
`;

const NATIVES: Record<string, Native> = {
  list: (length) => Array.from({ length: length as number }, () => 0),
  get: (list, i) => (list as Value[])[i as number]!,
  put: (list, i, value) => ((list as Value[])[i as number] = value!),
};

export function run(): number {
  const scope = new Scope(null);
  for (const [name, native] of Object.entries(NATIVES)) scope.declare(name, native);
  return evaluate(new Parser(PROGRAM).program(), scope) as number;
}
