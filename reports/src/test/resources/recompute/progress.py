"""What recompute.py is at, on standard error."""

import sys
import time

EVERY_SECONDS = 0.2 if sys.stderr.isatty() else 5.0
_begun = _last = time.monotonic()


def step(what, done, of):
    """Says it from time to time: on a terminal in one line, else in a line of its own every few seconds."""
    global _last
    if time.monotonic() - _last >= EVERY_SECONDS:
        _last = time.monotonic()
        _say(f"{_last - _begun:4.0f} s  {what}: {done} of {of}")


def stage(what):
    """Says what begins."""
    _say(f"{time.monotonic() - _begun:4.0f} s  {what}")


def end():
    """Leaves an empty line on a terminal."""
    if sys.stderr.isatty():
        _say("")
        print("\r", end="", file=sys.stderr, flush=True)


def _say(text):
    if sys.stderr.isatty():
        print("\r\033[K" + text, end="", file=sys.stderr, flush=True)
    else:
        print(text, file=sys.stderr, flush=True)
