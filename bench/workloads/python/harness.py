"""The harness of the Python programs: the same contract as harness.ts. `WORKLOAD N [D]` in, one line of JSON out."""

import gc
import json
import os
import platform
import sys
import time

REPEATS = 5
WARM_UP_NS = 300e6
END = -1


def main(peer, workloads):
    name, n, d = [*sys.argv[1:], "10"][:3]
    measured = workloads[name](int(n), int(d))
    line = {"peer": peer, "workload": name, "n": int(n), "d": int(d), "runtime": "python " + platform.python_version()}
    print(json.dumps(line | measured), flush=True)
    os._exit(0)  # ending suspended greenlets one by one is not part of any figure


def timed(operations, run, plain=None):
    """Warms up, then times `run` again and again; `plain`, the same work without switching, alternately."""
    start = time.perf_counter_ns()
    while time.perf_counter_ns() - start < WARM_UP_NS:
        run()
    times, plain_times = [], []
    for _ in range(REPEATS):
        times.append(nanoseconds(run) / operations)
        if plain:
            plain_times.append(nanoseconds(plain) / operations)
    figures = {"ns": rounded(sorted(times)[REPEATS // 2]), "min": rounded(min(times))}
    if not plain:
        return figures
    return figures | {
        "plain_ns": rounded(sorted(plain_times)[REPEATS // 2]),
        "ratio": rounded(min(times) / min(plain_times)),
    }


def nanoseconds(run):
    """CPU time of the process, as in harness.ts."""
    start = time.process_time_ns()
    run()
    return time.process_time_ns() - start


def held(hold, n):
    """Resident bytes for each of the `n` suspended greenlets that `hold` makes."""
    few = hold(16)
    gc.collect()
    before = status("VmRSS")
    start = time.perf_counter_ns()
    kept = hold(n)
    elapsed = time.perf_counter_ns() - start
    gc.collect()
    check(len(few) + len(kept), n + 16)
    return {"ns": rounded(elapsed / n), "rss_bytes": round((status("VmRSS") - before) / n)}


def once(run, tasks):
    base, cpu, start = status("VmRSS"), time.process_time_ns(), time.perf_counter_ns()
    run()
    wall, cpu = time.perf_counter_ns() - start, time.process_time_ns() - cpu
    peak = status("VmHWM")
    return {
        "ns": rounded(cpu / tasks),
        "cpu_ms": round(cpu / 1e6),
        "wall_ms": round(wall / 1e6),
        "peak_mb": round(peak / 2**20),
        "rss_bytes": round((peak - base) / tasks),
    }


def status(key):
    with open("/proc/self/status") as file:
        for line in file:
            if line.startswith(key + ":"):
                return int(line.split()[1]) * 1024
    raise LookupError(key)


def rounded(value):
    return float("%.4g" % value)


def check(got, wanted):
    if got != wanted:
        raise SystemExit("Wrong result: %r instead of %r." % (got, wanted))


class Tree:
    __slots__ = ("left", "value", "right")


def tree(height):
    """A perfect tree of 2^height − 1 nodes that holds 0, 1, 2, … in order."""
    count = 0

    def grow(levels):
        nonlocal count
        if levels == 0:
            return None
        node = Tree()
        node.left = grow(levels - 1)
        node.value = count
        count += 1
        node.right = grow(levels - 1)
        return node

    return grow(height)


def triangle(n):
    return n * (n - 1) // 2


def tree_sum(height):
    return triangle(2**height - 1)


never = False


def fibonacci(n):
    """What the functions of W6 do, the guard included, with nothing that can switch."""
    if never:
        raise AssertionError
    return n if n < 2 else fibonacci(n - 1) + fibonacci(n - 2)


def sleep_time(task, turn):
    return (task * 7919 + turn * 104729) % 1000
