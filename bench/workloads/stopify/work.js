// The workloads as plain functions, in the ES5 that Stopify reads. compile.cjs compiles this file, ../stopify.mjs runs it.
// `host` is native code: greenlets on top of Stopify's continuations, channels and timers.
(function (host) {
  /** False for ever; V8 does not know. */
  var never = false;

  host.enter = function (greenlet, value) {
    var result = greenlet.body(value);
    return host.end(greenlet, result);
  };

  function giveForEver() {
    while (true) host.go(host.main);
  }

  function giveBelow(depth) {
    while (depth === 0) host.go(host.main);
    return giveBelow(depth - 1) + 1;
  }

  function walk(node) {
    if (node === null) return;
    walk(node.left);
    host.go(host.main, node.value);
    walk(node.right);
  }

  function giveOnce(value) {
    host.go(host.main);
    return value;
  }

  function outer(value) {
    return middle(value) + 1;
  }

  function middle(value) {
    return giveOnce(value) + 1;
  }

  host.fibonacci = function fibonacci(n) {
    if (never) host.go(host.main);
    return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2);
  };

  host.W1 = function (n) {
    var child = host.greenlet(giveForEver);
    for (var i = 0; i < n; i++) host.go(child);
  };

  host.W1s = function (n) {
    var first, second;
    first = host.greenlet(function () {
      for (var i = 0; i < n / 2; i++) host.go(second);
      return 1;
    });
    second = host.greenlet(function () {
      while (true) host.go(first);
    });
    host.go(first);
  };

  host.W2 = function (n, depth) {
    var child = host.greenlet(giveBelow);
    host.go(child, depth);
    for (var i = 1; i < n; i++) host.go(child);
  };

  host.W3 = function (root) {
    var sum = 0;
    var walker = host.greenlet(walk);
    var value = host.go(walker, root);
    while (value !== undefined) {
      sum += value;
      value = host.go(walker);
    }
    return sum;
  };

  host.W4 = function (n) {
    var sum = 0;
    for (var i = 0; i < n; i++) {
      var greenlet = host.greenlet(giveOnce);
      host.go(greenlet, i);
      var value = host.go(greenlet);
      sum += value;
    }
    return sum;
  };

  host.W5 = function (n, all) {
    for (var i = 0; i < n; i++) {
      var greenlet = host.greenlet(outer);
      host.go(greenlet, i);
      all[i] = greenlet;
    }
    return all;
  };

  function put(channel, item) {
    while (channel.items.length >= channel.capacity) {
      channel.putters.push(host.task());
      host.park();
    }
    channel.items.push(item);
    host.wake(channel.takers.shift());
  }

  function take(channel) {
    while (channel.items.length === 0) {
      channel.takers.push(host.task());
      host.park();
    }
    var item = channel.items.shift();
    host.wake(channel.putters.shift());
    return item;
  }

  host.produce = function (output, n) {
    for (var i = 0; i < n; i++) put(output, i);
    put(output, host.END);
  };

  host.stage = function (input, output) {
    while (true) {
      var item = take(input);
      if (item === host.END) {
        put(output, item);
        return;
      }
      put(output, item + 1);
    }
  };

  host.consume = function (input) {
    var sum = 0;
    while (true) {
      var item = take(input);
      if (item === host.END) {
        host.consumed(sum);
        return;
      }
      sum += item;
    }
  };

  host.sleepThrice = function (task) {
    for (var turn = 0; turn < 3; turn++) host.sleep(host.sleepTime(task, turn));
    host.slept();
  };

  function fail(depth) {
    if (depth === 0) throw new Error("deep");
    return fail(depth - 1) + 1;
  }

  function failLater(depth) {
    if (depth === 0) {
      host.go(host.main);
      throw new Error("deep");
    }
    return failLater(depth - 1) + 1;
  }

  function catchAll(work) {
    var caught = 0;
    for (var i = 0; i < work.n; i++) {
      try {
        work.failing(work.depth);
      } catch (error) {
        caught++;
      }
    }
    return caught;
  }

  function caughtIn(failing, n, depth) {
    var greenlet = host.greenlet(catchAll);
    var caught = host.go(greenlet, { failing: failing, n: n, depth: depth });
    while (!greenlet.dead) caught = host.go(greenlet);
    return caught;
  }

  host.W9 = function (n, depth) {
    return caughtIn(fail, n, depth);
  };

  host.W9s = function (n, depth) {
    return caughtIn(failLater, n, depth);
  };
})(host);
