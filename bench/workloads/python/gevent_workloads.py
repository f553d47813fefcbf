"""gevent: spawn, its own bounded Queue, its sleep. Its greenlets are greenlet's; only what the hub does is measured here."""

import gevent
from gevent.queue import Queue

import harness
from harness import END, check, timed


def give_once(value):
    gevent.sleep(0)
    return value


def w4(n, _):
    def run():
        children = [gevent.spawn(give_once, i) for i in range(n)]
        gevent.joinall(children)
        check(sum(child.value for child in children), harness.triangle(n))

    return timed(n, run)


def produce(output, n):
    for i in range(n):
        output.put(i)
    output.put(END)


def stage(source, output):
    while True:
        item = source.get()
        if item == END:
            return output.put(item)
        output.put(item + 1)


def consume(source):
    total = 0
    while True:
        item = source.get()
        if item == END:
            return total
        total += item


def w7(n, capacity):
    def run():
        queues = [Queue(capacity) for _ in range(4)]
        tasks = [gevent.spawn(produce, queues[0], n)]
        tasks += [gevent.spawn(stage, queues[i], queues[i + 1]) for i in range(3)]
        consumer = gevent.spawn(consume, queues[3])
        gevent.joinall([*tasks, consumer])
        check(consumer.value, harness.triangle(n) + 3 * n)

    return timed(n, run)


def sleep_thrice(task):
    for turn in range(3):
        gevent.sleep(harness.sleep_time(task, turn) / 1000)


def w8(n, _):
    return harness.once(lambda: gevent.joinall([gevent.spawn(sleep_thrice, task) for task in range(n)]), n)


def add_one(value):
    return value + 1


def w10(n, size):
    def run():
        total = 0
        for i in range(0, n, size):
            total += sum(task.get() for task in [gevent.spawn(add_one, i + j) for j in range(size)])
        check(total, harness.triangle(n) + n)

    return timed(n, run)


harness.main("gevent (CPython)", {"W4": w4, "W7": w7, "W8": w8, "W10": w10})
