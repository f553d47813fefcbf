// A B-tree of order 16 with a comparison given by its user: insertion, look-up, and an ordered visit of a range.

const MOST = 15;
const HALF = 7;

type Compare<Key> = (a: Key, b: Key) => number;

class Node<Key, Value> {
  keys: Key[] = [];
  values: Value[] = [];
  children: Node<Key, Value>[] = [];

  get full(): boolean {
    return this.keys.length === MOST;
  }
}

class BTree<Key, Value> {
  private root = new Node<Key, Value>();
  private readonly compare: Compare<Key>;
  size = 0;

  constructor(compare: Compare<Key>) {
    this.compare = compare;
  }

  get(key: Key): Value | undefined {
    let node: Node<Key, Value> | undefined = this.root;
    while (node !== undefined) {
      const i = this.search(node, key);
      if (this.holds(node, i, key)) return node.values[i];
      node = node.children[i];
    }
    return undefined;
  }

  set(key: Key, value: Value): void {
    if (this.root.full) {
      const root = new Node<Key, Value>();
      root.children.push(this.root);
      this.split(root, 0);
      this.root = root;
    }
    this.insert(this.root, key, value);
  }

  /** Calls `visit` for every entry from `least` to `most`, in order. */
  each(least: Key, most: Key, visit: (key: Key, value: Value) => void): void {
    this.eachIn(this.root, least, most, visit);
  }

  private eachIn(node: Node<Key, Value>, least: Key, most: Key, visit: (key: Key, value: Value) => void): void {
    for (let i = this.search(node, least); i <= node.keys.length; i++) {
      const child = node.children[i];
      if (child !== undefined) this.eachIn(child, least, most, visit);
      if (i === node.keys.length || this.compare(node.keys[i]!, most) > 0) return;
      visit(node.keys[i]!, node.values[i]!);
    }
  }

  private insert(node: Node<Key, Value>, key: Key, value: Value): void {
    let i = this.search(node, key);
    if (this.holds(node, i, key)) node.values[i] = value;
    else if (node.children.length === 0) this.place(node, i, key, value);
    else {
      if (node.children[i]!.full) {
        this.split(node, i);
        i = this.search(node, key);
        if (this.holds(node, i, key)) return void (node.values[i] = value);
      }
      this.insert(node.children[i]!, key, value);
    }
  }

  private place(node: Node<Key, Value>, i: number, key: Key, value: Value): void {
    node.keys.splice(i, 0, key);
    node.values.splice(i, 0, value);
    this.size++;
  }

  /** Moves the middle entry of a full child up, and the entries behind it into a new child. */
  private split(parent: Node<Key, Value>, i: number): void {
    const child = parent.children[i]!;
    const right = new Node<Key, Value>();
    right.keys = child.keys.splice(HALF + 1);
    right.values = child.values.splice(HALF + 1);
    right.children = child.children.splice(HALF + 1);
    parent.keys.splice(i, 0, child.keys.pop()!);
    parent.values.splice(i, 0, child.values.pop()!);
    parent.children.splice(i + 1, 0, right);
  }

  /** The first position whose key is not less. */
  private search(node: Node<Key, Value>, key: Key): number {
    let low = 0;
    let high = node.keys.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.compare(node.keys[middle]!, key) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private holds(node: Node<Key, Value>, i: number, key: Key): boolean {
    return i < node.keys.length && this.compare(node.keys[i]!, key) === 0;
  }
}

interface Name {
  first: number;
  last: number;
}

const byName: Compare<Name> = (a, b) => a.last - b.last || a.first - b.first;

/** Well mixed, and the same in every run. */
function mixed(i: number): Name {
  const bits = Math.imul(i + 1, 2_654_435_761) >>> 0;
  return { first: bits & 1023, last: bits >>> 18 };
}

export function run(): number {
  const tree = new BTree<Name, number>(byName);
  for (let i = 0; i < 12_000; i++) tree.set(mixed(i % 10_000), i);
  let found = 0;
  for (let i = 0; i < 20_000; i++) if (tree.get(mixed(i)) !== undefined) found++;
  let sum = tree.size + found;
  tree.each({ first: 0, last: 2000 }, { first: 0, last: 9000 }, (key, value) => {
    sum = (sum * 7 + key.last + value) % 1_000_003;
  });
  return sum;
}
