"""Runs the program of one scenario under CPython and prints its trace.

    python3 test/oracle.py fixtures/greenlet/G1-two-turns/oracle.py

The program defines main(log). The text of a line is what test/trace.ts prints for the same values.
"""

import os
import re
import runpy
import sys


def format(value):
    """Strings bare, none, true and false, [a, b] for lists and tuples, {k: v}, Name: message for exceptions."""
    # An empty tuple is what switch() without values delivers; JavaScript has undefined there.
    if value is None or value == () and isinstance(value, tuple):
        return "none"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(format, value)) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{format(key)}: {format(item)}" for key, item in value.items()) + "}"
    if isinstance(value, (set, frozenset)):
        return "{" + ", ".join(map(format, value)) + "}"
    if isinstance(value, BaseException):
        return exception(value)
    return named(value)


def exception(error):
    name = "GreenletError" if type(error).__module__ == "greenlet" and type(error).__name__ == "error" else type(error).__name__
    message = str(error)
    return f"{name}: {message}" if message else name


def named(value):
    """Classes and functions by their name; a greenlet by its repr without addresses."""
    if isinstance(value, type) or callable(value) and hasattr(value, "__name__"):
        return value.__name__
    greenlet = re.match(r"<(?:\w+\.)*(\w+) object at \w+ \(otid=[^ ]+\)(.*)>$", str(value))
    if greenlet is None:
        return str(value)
    name = "Greenlet" if greenlet[1] == "greenlet" else greenlet[1]
    return f"<{name}{greenlet[2]}>"


def main():
    program = runpy.run_path(sys.argv[1])
    program["main"](lambda *values: print(*map(format, values)))
    sys.stdout.flush()
    # Without the end of the interpreter, which would throw GreenletExit into every greenlet that is still suspended.
    os._exit(0)


if __name__ == "__main__":
    main()
