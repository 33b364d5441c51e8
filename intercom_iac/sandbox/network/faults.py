"""Faults on demand: which call meets which, by chance under a seed, every n-th time or once.

A fault is written `KIND=WHEN` or `KIND=WHEN@WHERE`: `drop-after-accept=0.01`, `503-html=every:10`,
`500=call:3@POST/data_attributes`.
"""

import re
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from random import Random
from typing import Literal, Self

from ..settings.parsing import SettingError, suggest_name

KINDS = {
    "drop-before-accept": "the connection closes and nothing was done",
    "drop-after-accept": "the request is carried out and the connection closes without an answer",
    "drop-during-answer": "the request is carried out and the connection closes half way through the body",
    "500": "a JSON error and nothing was done",
    "500-after-accept": "the request is carried out and answered with the same JSON error",
    "503-html": "a proxy's HTML page and nothing was done",
    "truncated-json": "the request is carried out and half of the body comes as if it were all",
    "slow-body": "the request is carried out and the body trickles",
    "wrong-content-type": "the request is carried out and its JSON is called text/html",
}
"""Each kind of fault and what the client gets. Those about a body leave an answer without one unchanged."""

METHODS = ("GET", "POST", "PUT", "DELETE")

_CHANCE = re.compile(r"\d+(\.\d+)?|\.\d+")
_COUNTED = re.compile(r"(every|call):([1-9]\d{0,8})")
_WHERE = re.compile(r"([A-Z]*)(/.*)?")


class Dropped(Exception):
    """The connection closed: in process, what is no answer, or half of one, to a client over the network.

    `accepted`: whether the request was carried out; a client cannot know that.
    """

    def __init__(self, kind: str) -> None:
        super().__init__(f"the connection closed ({kind})")
        self.kind = kind
        self.accepted = kind != "drop-before-accept"


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: its kind, the calls it is for (`method`, `prefix`), and which of those meet it (`how`, `number`).

    `number` is a probability for `chance`, the n of every n-th call for `every`, the k of the k-th for `call`.
    An empty `method` or `prefix` means any; `prefix` is a path, `/contacts` being a prefix of `/contacts/search`.
    The seed of a fault's random numbers holds its `repr`: other names of fields would draw other numbers.
    """

    kind: str
    how: Literal["chance", "every", "call"]
    number: float
    method: str = ""
    prefix: str = ""

    @classmethod
    def parse(cls, text: str) -> Self:
        """Reads `KIND=WHEN` or `KIND=WHEN@WHERE`. Raises `SettingError`."""
        kind, given, rest = text.partition("=")
        if kind not in KINDS:
            raise SettingError(f"no fault `{kind}`; {suggest_name(kind, KINDS)}")
        when, scoped, where = rest.partition("@")
        if not given or not when:
            raise SettingError(f"`{text}` does not say when: {kind}=0.01, {kind}=every:10 or {kind}=call:3")
        how, number = _parse_when(when)
        method, prefix = _parse_where(where) if scoped else ("", "")
        return cls(kind, how, number, method, prefix)

    def concerns(self, method: str, path: str) -> bool:
        """Whether the fault is for such a call."""
        below = path == self.prefix or path.startswith(self.prefix.rstrip("/") + "/")
        return self.method in ("", method) and below


def _parse_when(text: str) -> tuple[Literal["chance", "every", "call"], float]:
    if counted := _COUNTED.fullmatch(text):
        return ("every" if counted[1] == "every" else "call"), int(counted[2])
    if _CHANCE.fullmatch(text) and float(text) <= 1:
        return "chance", float(text)
    raise SettingError(f"`{text}` is no time to fail: a probability from 0 to 1, every:10, or call:3")


def _parse_where(text: str) -> tuple[str, str]:
    match = _WHERE.fullmatch(text)
    if not text or match is None or match[1] not in ("", *METHODS):
        raise SettingError(f"`@{text}` names no calls: @POST, @/contacts or @POST/contacts")
    return match[1], match[2] or ""


class Faults:
    """Decides which fault each call meets. Thread-safe; the same calls in the same order meet the same faults.

    Each fault counts calls and draws numbers independently of the others. A call that several would hit meets the
    first of them.
    """

    def __init__(self, faults: Iterable[Fault] = (), *, seed: int = 1) -> None:
        self._lock = threading.Lock()
        self._faults = [_CountedFault(fault, Random(f"{seed}/{fault}")) for fault in faults]  # noqa: S311

    @classmethod
    def parse(cls, texts: Iterable[str], *, seed: int = 1) -> Self:
        """Reads texts such as `500=every:7@POST`. Raises `SettingError`."""
        return cls(map(Fault.parse, texts), seed=seed)

    def next(self, method: str, path: str) -> str | None:
        """The kind of fault that this call meets, None where it meets none."""
        with self._lock:
            # Every fault counts the call, also after one has hit it.
            kinds = [counted.fault.kind for counted in self._faults if counted.hits(method, path)]
        return kinds[0] if kinds else None


class _CountedFault:
    """A fault with the calls it has counted and the numbers it draws."""

    def __init__(self, fault: Fault, random: Random) -> None:
        self.fault = fault
        self._random = random
        self._calls = 0

    def hits(self, method: str, path: str) -> bool:
        """Counts a call; whether it meets the fault."""
        fault = self.fault
        if not fault.concerns(method, path):
            return False
        self._calls += 1
        if fault.how == "chance":
            return self._random.random() < fault.number
        return self._calls % fault.number == 0 if fault.how == "every" else self._calls == fault.number
