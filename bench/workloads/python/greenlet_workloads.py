"""Python's greenlet, the model: plain functions, switch() anywhere."""

import sys
from collections import deque

from greenlet import getcurrent, greenlet

import harness
from harness import END, check, timed

sys.setrecursionlimit(1_000_000)
main = getcurrent()
never = False


def give_for_ever():
    switch = main.switch
    while True:
        switch()


def give_below(depth):
    switch = main.switch
    while depth == 0:
        switch()
    return give_below(depth - 1) + 1


def walk(node):
    if node is None:
        return
    walk(node.left)
    main.switch(node.value)
    walk(node.right)


def give_once(value):
    main.switch()
    return value


def outer(value):
    return middle(value) + 1


def middle(value):
    return give_once(value) + 1


def fibonacci(n):
    if never:
        main.switch()
    return n if n < 2 else fibonacci(n - 1) + fibonacci(n - 2)


def w1(n, _):
    def run():
        switch = greenlet(give_for_ever).switch
        for _ in range(n):
            switch()

    return timed(2 * n, run)


def w1s(n, _):
    def run():
        def play():
            switch = second.switch
            for _ in range(n // 2):
                switch()

        def answer():
            switch = first.switch
            while True:
                switch()

        first, second = greenlet(play), greenlet(answer)
        first.switch()

    return timed(n, run)


def w2(n, depth):
    def run():
        switch = greenlet(give_below).switch
        switch(depth)
        for _ in range(n - 1):
            switch()

    return timed(2 * n, run)


def w3(height, _):
    root = harness.tree(height)

    def run():
        total = 0
        switch = greenlet(walk).switch
        value = switch(root)
        while value is not None:
            total += value
            value = switch()
        check(total, harness.tree_sum(height))

    return timed(2**height - 1, run)


def w4(n, _):
    def run():
        total = 0
        for i in range(n):
            child = greenlet(give_once)
            child.switch(i)
            total += child.switch()
        check(total, harness.triangle(n))

    return timed(n, run)


def hold(count):
    def suspended(i):
        child = greenlet(outer)
        child.switch(i)
        return child

    return [suspended(i) for i in range(count)]


def w6(n, _):
    wanted = harness.fibonacci(n)
    calls = 2 * harness.fibonacci(n + 1) - 1
    return timed(
        calls,
        lambda: check(greenlet(fibonacci).switch(n), wanted),
        lambda: check(harness.fibonacci(n), wanted),
    )


class Channel:
    def __init__(self, capacity):
        self.capacity = capacity
        self.items, self.takers, self.putters = deque(), deque(), deque()


ready = deque()


def park(waiting):
    waiting.append(getcurrent())
    main.switch()


def wake(waiting):
    if waiting:
        ready.append(waiting.popleft())


def put(channel, item):
    while len(channel.items) >= channel.capacity:
        park(channel.putters)
    channel.items.append(item)
    wake(channel.takers)


def take(channel):
    while not channel.items:
        park(channel.takers)
    item = channel.items.popleft()
    wake(channel.putters)
    return item


def produce(output, n):
    for i in range(n):
        put(output, i)
    put(output, END)


def stage(source, output):
    while True:
        item = take(source)
        if item == END:
            return put(output, item)
        put(output, item + 1)


def consume(source, done):
    total = 0
    while True:
        item = take(source)
        if item == END:
            return done(total)
        total += item


def w7(n, capacity):
    def run():
        a, b, c, d = (Channel(capacity) for _ in range(4))
        sums = []
        ready.append(greenlet(lambda: produce(a, n)))
        ready.append(greenlet(lambda: stage(a, b)))
        ready.append(greenlet(lambda: stage(b, c)))
        ready.append(greenlet(lambda: stage(c, d)))
        ready.append(greenlet(lambda: consume(d, sums.append)))
        while ready:
            ready.popleft().switch()
        check(sums, [harness.triangle(n) + 3 * n])

    return timed(n, run)


def fail(depth):
    if depth == 0:
        raise ValueError("deep")
    return fail(depth - 1) + 1


def fail_later(depth):
    if depth == 0:
        main.switch()
        raise ValueError("deep")
    return fail_later(depth - 1) + 1


def catch_all(failing, n, depth):
    caught = 0
    for _ in range(n):
        try:
            failing(depth)
        except ValueError:
            caught += 1
    return caught


def caught_in(failing, n, depth):
    child = greenlet(catch_all)
    caught = child.switch(failing, n, depth)
    while not child.dead:
        caught = child.switch()
    return caught


harness.main(
    "greenlet (CPython)",
    {
        "W1": w1,
        "W1s": w1s,
        "W2": w2,
        "W3": w3,
        "W4": w4,
        "W5": lambda n, _: harness.held(hold, n),
        "W6": w6,
        "W7": w7,
        "W9": lambda n, depth: timed(n, lambda: check(caught_in(fail, n, depth), n)),
        "W9s": lambda n, depth: timed(n, lambda: check(caught_in(fail_later, n, depth), n)),
    },
)
