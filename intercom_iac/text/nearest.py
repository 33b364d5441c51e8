"""The known name most like a misspelt one, sought within bounds: what is read may be made to cost time."""

from __future__ import annotations

import difflib
from collections.abc import Generator, Iterable
from contextlib import contextmanager
from contextvars import ContextVar

from .likeness import ascii_text, look_alike

# Pairs of characters compared: some hundred suggestions among the few hundred names that a workspace can hold.
MOST_WORK = 5_000_000
# What looking at a name costs, and comparing one of a fitting length, whatever it holds.
_EACH, _CLOSE = 10, 100
_CUTOFF = 0.7
# No name of Intercom's is longer; a text that is has not been misspelt.
LONGEST = 255


class _Work:
    """What is left of the work that a run may put into suggestions."""

    def __init__(self) -> None:
        self.left = MOST_WORK


_work: ContextVar[_Work | None] = ContextVar("_work", default=None)


@contextmanager
def bounded_suggestions() -> Generator[None]:
    """Within it suggestions are made until the work for them is done: whoever has thousands of mistakes mends those
    at the top first. Without it, each is sought on its own."""
    token = _work.set(_Work())
    try:
        yield
    finally:
        _work.reset(token)


@contextmanager
def no_suggestions() -> Generator[None]:
    """Within it none is sought, such as where nobody reads what is said of a name."""
    work = _Work()
    work.left = 0
    token = _work.set(work)
    try:
        yield
    finally:
        _work.reset(token)


def nearest_name(name: str, known: Iterable[str]) -> str | None:
    """The known name most like a misspelt one; None where nothing is close, or where the work for it is done."""
    work = _work.get() or _Work()
    if work.left <= 0 or len(name) > LONGEST:
        return None
    wanted = name.casefold()
    folded: dict[str, str] = {}
    for candidate in known:
        # Two names of ASCII alone look different; asking for each would take its time.
        if not (candidate.isascii() and name.isascii()):
            work.left -= _CLOSE
            if look_alike(name, candidate):
                return candidate
        work.left -= _EACH
        # Of lengths that differ more no two are close enough.
        if 2 * min(len(candidate), len(name)) >= _CUTOFF * (len(candidate) + len(name)):
            folded[candidate.casefold()] = candidate
            work.left -= _CLOSE + len(candidate) * len(name)
        if work.left <= 0:
            break
    found = _closest(wanted, folded)
    return None if found is None else folded[found]


def _closest(wanted: str, names: Iterable[str]) -> str | None:
    """What `difflib.get_close_matches` finds first, with fewer comparisons: those that may be closest come first."""
    matcher = difflib.SequenceMatcher(b=wanted)
    possible: list[tuple[float, str]] = []
    for name in names:
        matcher.set_seq1(name)
        if matcher.real_quick_ratio() >= _CUTOFF and (most := matcher.quick_ratio()) >= _CUTOFF:
            possible.append((most, name))
    found: tuple[float, str] | None = None
    for at_most in sorted(possible, reverse=True):
        if found is not None and at_most < found:
            break
        matcher.set_seq1(at_most[1])
        ratio = matcher.ratio()
        if ratio >= _CUTOFF and (found is None or (ratio, at_most[1]) > found):
            found = (ratio, at_most[1])
    return None if found is None else found[1]


def did_you_mean(name: str, known: Iterable[str]) -> str | None:
    """A hint that names the nearest known name, or None where nothing is close."""
    return suggestion(name, nearest_name(name, known))


def suggestion(name: str, found: str | None) -> str | None:
    """The hint that names what was found near a name; None where that is nothing."""
    if found and look_alike(name, found):
        return f"did you mean `{found}`? the two look the same: {ascii_text(name)} and {ascii_text(found)}"
    return f"did you mean `{found}`?" if found else None
