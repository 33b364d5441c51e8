"""The known name most like a misspelt one, sought within bounds: what is read may be made to cost time."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from contextlib import contextmanager
from contextvars import ContextVar

from .likeness import ascii_text, look_alike
from .near_names import NearNames, Work

# Pairs of characters compared: half a second of work.
MOST_WORK = 5_000_000
_work: ContextVar[Work | None] = ContextVar("_work", default=None)


@contextmanager
def bounded_suggestions() -> Generator[None]:
    """Within it suggestions are made until the work for them is done: whoever has thousands of mistakes mends those
    at the top first. Without it, each is sought on its own."""
    token = _work.set(Work(MOST_WORK))
    try:
        yield
    finally:
        _work.reset(token)


@contextmanager
def no_suggestions() -> Generator[None]:
    """Within it none is sought, such as where nobody reads what is said of a name."""
    token = _work.set(Work(0))
    try:
        yield
    finally:
        _work.reset(token)


def nearest_name(name: str, known: Iterable[str] | NearNames) -> str | None:
    """The known name most like a misspelt one; None where nothing is close, or where the work for it is done.

    Where many are asked for, `known` is made into `NearNames` once.
    """
    work = _work.get() or Work(MOST_WORK)
    names = known if isinstance(known, NearNames) else NearNames(known)
    return names.nearest(name, work)


def did_you_mean(name: str, known: Iterable[str] | NearNames) -> str | None:
    """A hint that names the nearest known name, or None where nothing is close."""
    return suggestion(name, nearest_name(name, known))


def suggestion(name: str, found: str | None) -> str | None:
    """The hint that names what was found near a name; None where that is nothing."""
    if found and look_alike(name, found):
        return f"did you mean `{found}`? the two look the same: {ascii_text(name)} and {ascii_text(found)}"
    return f"did you mean `{found}`?" if found else None
